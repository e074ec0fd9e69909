package io.nearfar.far;

import io.nearfar.config.Topology;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a cluster of three masters. */
abstract class ClusterContract extends FarContract {
    private final Program program;
    private final String rights;
    private RealCluster cluster;

    ClusterContract(Program program, String rights) {
        this.program = program;
        this.rights = rights;
    }

    @BeforeAll
    void start() {
        cluster = RealCluster.start(program);
        cluster.nodes().forEach(node -> LeastRights.grant(node, rights));
        tier = asUser(Topology.CLUSTER, cluster.hosts());
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            tier.close();
            cluster.close();
        }
    }
}
