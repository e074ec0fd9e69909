package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.Decision.Basis;
import io.nearfar.Limit;
import io.nearfar.LimitOutage;
import io.nearfar.RateLimiter;
import io.nearfar.config.LimitSettings;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How long decisions take while the server hangs, with the deadline that is the default. A machine that is busy with other things
 * may hold up some of them for longer; so it counts what the best of some rounds is like.
 */
@Timeout(180)
class FrozenServerTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofMillis(50);
    private static final int DECISIONS = 200;
    private static final Limit LIMIT = new Limit("api", 1_000_000, Duration.ofHours(1));

    private final long[] nanos = new long[DECISIONS];

    /** Returns the time that 99 of a hundred decisions take at most. */
    private Duration p99(RateLimiter limiter) {
        for (int i = 0; i < DECISIONS; i++) {
            long start = System.nanoTime();
            limiter.decide(LIMIT.of("user " + i % 10));
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[DECISIONS * 99 / 100 - 1]);
    }

    @Test
    void decisions_takeADeadlineAtMost_andNothingOnceTheServerIsLeftAlone() {
        try (RealRedis redis = RealRedis.start()) {
            LimitSettings settings = new LimitSettings(
                    true, LimitOutage.OPEN, 1_000, DEADLINE, FarSetups.far(FarSetups.address(redis.host()), "frozen"));
            try (Limiters limiters = Limiters.open(settings)) {
                RateLimiter limiter = limiters.limiter();
                await().atMost(SOON)
                        .until(() -> limiter.decide(LIMIT.of("reach")).basis() == Basis.COUNTED);
                redis.freeze();
                await().atMost(SOON).until(() -> p99(limiter).compareTo(Duration.ofMillis(100)) <= 0);
                assertThat(limiter.decide(LIMIT.of("reach")).basis()).isEqualTo(Basis.OUTAGE);
                await().atMost(SOON).until(() -> p99(limiter).compareTo(Duration.ofMillis(1)) <= 0);
                assertThat(Duration.ofNanos(nanos[DECISIONS / 2])).isLessThan(Duration.ofMillis(1));
            } finally {
                redis.thaw();
            }
        }
    }
}
