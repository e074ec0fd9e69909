package io.nearfar.benchmarks.peer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;

/** Redisson's {@code RRateLimiter}, whose rate is set once for each key. */
final class RedissonLimiter implements LimiterDriver {
    private final RedissonClient client;
    private final Map<String, RRateLimiter> limiters = new ConcurrentHashMap<>();

    private RedissonLimiter(RedissonClient client) {
        this.client = client;
    }

    static LimiterDriver open(String address) {
        return new RedissonLimiter(RedissonClients.open(address));
    }

    @Override
    public boolean admits(String key) {
        return limiters.computeIfAbsent(key, this::limiter).tryAcquire();
    }

    private RRateLimiter limiter(String key) {
        RRateLimiter limiter = client.getRateLimiter("rate:" + key);
        limiter.trySetRate(RateType.OVERALL, PERMITS, Duration.ofMillis(WINDOW_MILLIS));
        return limiter;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
