package io.nearfar.far;

import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.EntryStoreContract;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on a cluster of three masters, as a user who may do what the documentation lists and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClusterContract extends EntryStoreContract {
    private final Program program;
    private final String rights;
    private RealCluster cluster;
    private FarTier tier;

    ClusterContract(Program program, String rights) {
        this.program = program;
        this.rights = rights;
    }

    @BeforeAll
    void start() {
        cluster = RealCluster.start(program);
        cluster.nodes().forEach(node -> LeastRights.grant(node, rights));
        tier = FarSetups.open(FarSetups.far(
                new FarAddress(
                        Topology.CLUSTER,
                        List.of(cluster.hosts()),
                        false,
                        LeastRights.USER,
                        LeastRights.PASSWORD,
                        0,
                        null),
                LeastRights.PREFIX));
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            tier.close();
            cluster.close();
        }
    }

    @Override
    protected EntryStore<String, String> open(String name) {
        return tier.store(FarSetups.cache(name), new TextKeys(), new TextFormat());
    }

    @Override
    protected void pass(long millis) {
        Waiting.pause(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    protected boolean isShared() {
        return true;
    }
}
