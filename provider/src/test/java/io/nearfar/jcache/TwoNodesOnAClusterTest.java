package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis.Program;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes on a cluster of three masters, by classic and by sharded channels. Beats are an hour apart, so that nothing
 * but messages can tell one node what the other did.
 */
@Timeout(120)
class TwoNodesOnAClusterTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int KEYS = 200;

    private static Application application(RealCluster cluster) {
        return Application.in(
                Mode.TIERED, "nearfar.address", cluster.address(), "nearfar.beat", "1h", "nearfar.near.lease", "2h");
    }

    private static Map<String, String> all(String value) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            all.put("k" + i, value);
        }
        return all;
    }

    private static void assertSeen(NearfarCache<String, String> there, Map<String, String> expected) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(there.getAll(all("").keySet())).isEqualTo(expected));
    }

    /** Reads all until the near tier answers for each. */
    private static void hold(NearfarCache<String, String> there, Map<String, String> expected) {
        await().atMost(SOON).until(() -> {
            long before = there.figures().nearHits();
            return there.getAll(expected.keySet()).equals(expected)
                    && there.figures().nearHits() - before == KEYS;
        });
    }

    @ParameterizedTest
    @EnumSource
    void change_onOneNode_isToldToTheOther(Program program) {
        try (RealCluster cluster = RealCluster.start(program);
                Application one = application(cluster);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            here.putAll(all("old"));
            hold(there, all("old"));

            all("new").forEach(here::put);
            assertSeen(there, all("new"));
            hold(there, all("new"));

            here.putAll(all("newer"));
            assertSeen(there, all("newer"));
            hold(there, all("newer"));

            Set<String> removed = Set.of("k1", "k2", "k3");
            here.removeAll(removed);
            Map<String, String> left = all("newer");
            left.keySet().removeAll(removed);
            assertSeen(there, left);

            here.clear();
            assertSeen(there, Map.of());
        }
    }
}
