package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Limit;
import io.nearfar.LimitOutage;
import io.nearfar.RateLimiter;
import io.nearfar.config.LimitSettings;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Callers of whom each comes once, as in an attack from many addresses: a process keeps as few as it is told. Once it is full, each
 * further key is like the one before, and makes it look over 64 others; a million would take half a minute, and tell no more.
 */
@Timeout(120)
class ManyKeysTest {
    private static final int KEYS = 40_000;
    private static final int MAXIMUM = 500;
    private static final int SHARED = 1_024;
    private static final int BYTES = 2_000_000;
    private static final int LOOKS = 3;
    private static final Limit LIMIT = new Limit("flood", 1, Duration.ofHours(1));

    /** The least of some looks: what other threads have just made goes with the next. */
    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        return LongStream.range(0, LOOKS)
                .map(look -> {
                    System.gc();
                    return runtime.totalMemory() - runtime.freeMemory();
                })
                .min()
                .orElseThrow();
    }

    private static int admitted(RateLimiter limiter, int from, int to) {
        int admitted = 0;
        for (int key = from; key < to; key++) {
            admitted += limiter.decide(LIMIT.of("caller " + key)).admitted() ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void process_keepsAsManyAsItIsTold_andNoneHasMoreThanItsLimit() {
        LimitSettings settings = new LimitSettings(true, LimitOutage.OPEN, MAXIMUM, Duration.ofSeconds(10), null);
        try (CapturedLog log = new CapturedLog();
                Limiters limiters = Limiters.open(settings)) {
            RateLimiter limiter = limiters.limiter();
            int admitted = admitted(limiter, 0, KEYS / 2);
            assertThat(admitted)
                    .as("those with a window of their own, and one for each window that others share")
                    .isBetween(MAXIMUM, MAXIMUM + SHARED);
            long before = usedBytes();
            assertThat(admitted + admitted(limiter, KEYS / 2, KEYS)).isLessThanOrEqualTo(MAXIMUM + SHARED);
            assertThat(usedBytes() - before)
                    .as("the names of those that came since would be more")
                    .isLessThan(BYTES);
            assertThat(limiter.decide(LIMIT.of("caller 0")).admitted()).isFalse();
            assertThat(log.lines("NF0703")).hasSize(1);
        }
    }
}
