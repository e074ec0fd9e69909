package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.config.FarAddress;
import io.nearfar.config.StartPolicy;
import io.nearfar.config.Topology;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Invalidations of patterns while one master of three hangs: what was made on the others is done with. */
@Timeout(180)
class PartialPatternsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> KEYS =
            IntStream.range(0, 60).mapToObj(i -> "k" + i).toList();

    private final RealCluster cluster = cluster();
    private final RealRedis hanging = cluster.nodes().get(0);
    private final Setup setup = setup();
    private final Node node = Node.of(setup);
    private final Node other = Node.of(setup);

    private static RealCluster cluster() {
        RealCluster cluster = RealCluster.start(Program.EMBEDDED);
        cluster.nodes().forEach(each -> {
            each.call("CONFIG", "SET", "cluster-require-full-coverage", "no");
            each.call("CONFIG", "SET", "cluster-node-timeout", "60000"); // it hangs, and has not failed
        });
        return cluster;
    }

    /** With so little room that a few keys settled by themselves are too many. */
    private Setup setup() {
        FarAddress address = new FarAddress(Topology.CLUSTER, List.of(cluster.hosts()), false, null, null, 0, null);
        return Setup.over(FarSetups.far(address, "partial", StartPolicy.DEFAULT, DEADLINE))
                .deadline(DEADLINE)
                .dirty(3, 1 << 20);
    }

    @AfterEach
    void stop() {
        hanging.thaw();
        node.close();
        other.close();
        cluster.close();
    }

    private List<String> answered() {
        List<String> answered = new ArrayList<>();
        for (String key : KEYS) {
            try {
                other.store().read(key, Freshness.AUTHORITY);
                answered.add(key);
            } catch (FarTierUnavailableException e) {
                continue; // it is the hanging one's
            }
        }
        return answered;
    }

    /** Others may put something on a healthy master hours before the one that hangs is back. */
    @Test
    void invalidation_oneMasterHangs_isOwedThereAlone() {
        KEYS.forEach(key -> node.putFar(key, "old"));
        hanging.freeze();
        List<String> healthy = answered();
        assertThat(healthy).hasSizeBetween(20, 59);

        node.store().invalidatePattern("k*", new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime));
        assertThat(node.dirty().patterns().owed().partitions().cardinality()).isBetween(20, 24);
        healthy.forEach(key -> assertThat(other.getFar(key)).isNull());
        healthy.forEach(key -> other.putFar(key, "new"));
        healthy.forEach(key -> assertThat(node.getFar(key)).isEqualTo("new"));
        assertThat(node.dirty().clears().isEmpty()).isTrue();

        hanging.thaw();
        await().atMost(SOON).until(() -> node.dirty().isEmpty());
        healthy.forEach(key -> assertThat(other.getFar(key)).isEqualTo("new"));
        KEYS.stream()
                .filter(key -> !healthy.contains(key))
                .forEach(key -> assertThat(other.getFar(key)).isNull());
    }
}
