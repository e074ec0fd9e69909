package io.nearfar.far;

import static io.nearfar.far.LimitCalls.decide;
import static io.nearfar.far.LimitCalls.reached;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Windows of many keys on a server: what one takes, and that it goes. A million are as many as a thousand times a thousand: keys have
 * nothing in common there, so some hundred tell it in a second.
 */
@Timeout(120)
class ManyWindowsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KEYS = 100;

    private final RealRedis redis = RealRedis.start();
    private FarLimits limits;

    @BeforeEach
    void open() {
        limits = reached(FarSetups.far(FarSetups.address(redis.host()), "many"));
        redis.flush();
    }

    @AfterEach
    void stop() {
        limits.close();
        redis.close();
    }

    private static Limit limit(long permits, Duration window) {
        return new Limit("of " + permits, permits, window);
    }

    private List<String> keys(RespClient client) {
        List<String> keys = new ArrayList<>();
        for (Object key : (List<?>) client.call("KEYS", "*")) {
            keys.add(RespClient.text(key));
        }
        return keys;
    }

    /** Each has an expiry, and a full window takes at most 8 bytes for each permit and 128 more. */
    @Test
    void windows_takeLittleRoom_andHaveAnEnd() {
        for (long permits : new long[] {1, 3, 10, 30, 100, 300, 1_000}) {
            redis.flush();
            for (int key = 0; key < KEYS; key++) {
                Quota quota = limit(permits, Duration.ofHours(1)).of("user " + key);
                assertThat(decide(limits, List.of(quota), permits, true).admitted())
                        .isTrue();
            }
            try (RespClient client = redis.connect()) {
                List<String> keys = keys(client);
                assertThat(keys).as("one for each, and nothing beside them").hasSize(KEYS);
                for (String key : keys) {
                    assertThat((Long) client.call("PTTL", key)).as(key).isBetween(1L, 3_900_000L);
                    assertThat((Long) client.call("MEMORY", "USAGE", key))
                            .as(key)
                            .isLessThanOrEqualTo(8 * permits + 128);
                }
            }
        }
    }

    @Test
    void windows_goByThemselves() {
        for (int key = 0; key < KEYS; key++) {
            decide(limits, List.of(limit(3, Duration.ofMillis(300)).of("user " + key)), 1, true);
        }
        await().atMost(SOON).until(() -> redis.call("DBSIZE").equals(0L));
    }

    /**
     * By the instants of the server: whoever is denied is told when there is room, to the microsecond, is denied before that, and
     * admitted from then on.
     */
    @Test
    void denial_saysWhenThereIsRoom() {
        long window = Duration.ofSeconds(2).toNanos() / 1_000;
        List<Quota> quota = List.of(limit(1, Duration.ofSeconds(2)).of("somebody"));
        Verdict verdict = decide(limits, quota, 1, true);
        assertThat(verdict.admitted()).isTrue();
        long free = verdict.now() + window;
        int denials = 0;
        for (verdict = decide(limits, quota, 1, true); !verdict.admitted(); verdict = decide(limits, quota, 1, true)) {
            assertThat(verdict.now()).isLessThan(free);
            assertThat(verdict.now() + verdict.standings().get(0).freeIn()).isEqualTo(free);
            denials++;
        }
        assertThat(verdict.now()).isGreaterThanOrEqualTo(free);
        assertThat(denials).isPositive();
    }

    /** Who waits as long as a denial says, from its arrival, is admitted by the next question. */
    @Test
    void whoWaitsAsLong_isAdmitted() {
        List<Quota> quota = List.of(limit(2, Duration.ofMillis(200)).of("somebody"));
        for (int i = 0; i < 3; i++) {
            decide(limits, quota, 2, true);
            Verdict denied = decide(limits, quota, 1, true);
            long since = System.nanoTime();
            long wait = denied.admitted() ? 0 : denied.standings().get(0).freeIn() * 1_000;
            while (System.nanoTime() - since < wait) {
                Thread.onSpinWait();
            }
            assertThat(decide(limits, quota, denied.admitted() ? 1 : 2, true).admitted())
                    .isTrue();
            redis.flush();
        }
    }
}
