package io.nearfar.far;

import io.nearfar.testing.RealRedis.Program;

/** The contract on a cluster of Valkey, whose messages go by sharded channels. */
class FarStoreValkeyContractTest extends ClusterContract {
    FarStoreValkeyContractTest() {
        super(Program.VALKEY, LeastRights.SHARDED_CLUSTER);
    }
}
