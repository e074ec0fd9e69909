package io.nearfar.far;

import io.nearfar.testing.RealRedis.Program;

/** The contract on a cluster whose messages go by classic channels. */
class FarStoreClusterContractTest extends ClusterContract {
    FarStoreClusterContractTest() {
        super(Program.EMBEDDED, LeastRights.CLASSIC_CLUSTER);
    }
}
