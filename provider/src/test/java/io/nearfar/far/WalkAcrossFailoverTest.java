package io.nearfar.far;

import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.entry.Change;
import io.nearfar.entry.KeyWalk;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica takes over from the master whose keys are just being walked over. */
@Timeout(120)
class WalkAcrossFailoverTest {
    @Test
    void walk_beginsAnew_overWhoHasTakenOver() {
        try (RealCluster cluster = RealCluster.withReplica(Program.EMBEDDED);
                FarTier tier = FarSetups.open(FarSetups.far(
                        new FarAddress(Topology.CLUSTER, List.of(cluster.hosts()), false, null, null, 0, null),
                        "failover"))) {
            FarEntries<String, String> store = tier.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
            Map<String, Change<String>> writes = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                writes.put("k" + i, Sharing.write("v"));
            }
            store.applyAll(writes);
            AtomicInteger met = new AtomicInteger();
            KeyWalk walk = new KeyWalk(new InvalidationPace(5, Long.MAX_VALUE), System::nanoTime);
            store.removeMatching(
                    "k",
                    text -> {
                        if (met.incrementAndGet() == 40) {
                            failOver(cluster.nodes().get(3));
                        }
                        return true;
                    },
                    walk);
            await().atMost(Duration.ofSeconds(30))
                    .ignoreException(FarTierUnavailableException.class)
                    .until(() -> !store.scan().hasNext());
        }
    }

    /** On a busy machine the others may not agree in time, and nobody tries again by himself. */
    private static void failOver(RealRedis replica) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(6))
                .until(() -> isMasterOrAsked(replica));
    }

    private static boolean isMasterOrAsked(RealRedis replica) {
        boolean master = RespClient.text(replica.call("INFO", "replication")).contains("role:master");
        if (!master) {
            replica.call("CLUSTER", "FAILOVER");
        }
        return master;
    }
}
