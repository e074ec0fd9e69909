package io.nearfar.benchmarks.peer;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Resilience4j's limiter, which knows one process: a fixed window for each key, and nobody waits for the next. */
public final class Resilience4jLimiter implements LimiterDriver {
    private final RateLimiterConfig config;
    private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();

    private Resilience4jLimiter(RateLimiterConfig config) {
        this.config = config;
    }

    /** Returns a limiter of one permit an hour for each key. */
    public static LimiterDriver ofOnePermit() {
        return new Resilience4jLimiter(RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofHours(1))
                .timeoutDuration(Duration.ZERO)
                .build());
    }

    @Override
    public boolean admits(String key) {
        return limiters.computeIfAbsent(key, any -> RateLimiter.of(any, config)).acquirePermission();
    }

    @Override
    public void close() {
        limiters.clear();
    }
}
