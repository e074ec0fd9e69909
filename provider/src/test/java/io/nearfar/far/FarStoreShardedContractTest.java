package io.nearfar.far;

import io.nearfar.testing.RealRedis.Program;

/** The contract on a cluster of version 7 or later, whose messages go by sharded channels. */
class FarStoreShardedContractTest extends ClusterContract {
    FarStoreShardedContractTest() {
        super(Program.INSTALLED, LeastRights.SHARDED_CLUSTER);
    }
}
