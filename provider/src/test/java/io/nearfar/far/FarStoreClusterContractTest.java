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

/** The contract on a cluster of three masters, of the newest version that is there. */
class FarStoreClusterContractTest extends EntryStoreContract {
    private static RealCluster cluster;
    private static FarTier tier;

    @BeforeAll
    static void start() {
        List<Program> programs = Program.all().toList();
        cluster = RealCluster.start(programs.get(programs.size() - 1));
        FarAddress address = new FarAddress(Topology.CLUSTER, List.of(cluster.hosts()), false, null, null, 0, null);
        tier = FarSetups.open(FarSetups.far(address, "contract"));
    }

    @AfterAll
    static void stop() {
        tier.close();
        cluster.close();
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
