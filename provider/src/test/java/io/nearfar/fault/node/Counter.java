package io.nearfar.fault.node;

import io.nearfar.testing.RespClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * A rate limiter as others build them: a script over one server's state. Each admits more than its limit in some window, and
 * is there so that the checker is seen to find that.
 */
public enum Counter {
    /** Counts from each full window of the clock to the next. */
    FIXED_WINDOW("""
            local key = KEYS[1] .. string.format(':%.0f', math.floor(now / window))
            local used = tonumber(redis.call('GET', key) or '0')
            if used + cost > permits then
              return 0
            end
            redis.call('INCRBY', key, cost)
            redis.call('PEXPIRE', key, math.ceil(window / 500))
            return 1
            """),
    /** Weighs what the last full window has counted by how much of it is still within reach. */
    TWO_COUNTERS("""
            local part = math.floor(now / window)
            local key, before = KEYS[1] .. string.format(':%.0f', part), KEYS[1] .. string.format(':%.0f', part - 1)
            local used = tonumber(redis.call('GET', key) or '0')
            local weighed = tonumber(redis.call('GET', before) or '0') * (1 - (now % window) / window)
            if weighed + used + cost > permits then
              return 0
            end
            redis.call('INCRBY', key, cost)
            redis.call('PEXPIRE', key, math.ceil(window / 500))
            return 1
            """),
    /** Fills a bucket all the time, and lets whoever comes take what is in it. */
    TOKEN_BUCKET("""
            local tokens = tonumber(redis.call('HGET', KEYS[1], 'tokens') or permits)
            local at = tonumber(redis.call('HGET', KEYS[1], 'at') or now)
            tokens = math.min(permits, tokens + (now - at) * permits / window)
            local admitted = tokens >= cost
            tokens = admitted and tokens - cost or tokens
            redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', now))
            redis.call('PEXPIRE', KEYS[1], math.ceil(window / 500))
            return admitted and 1 or 0
            """),
    /** Keeps each instant, as an exact one does, but by the clocks of those who ask. */
    CLIENT_CLOCK("""
            now = tonumber(ARGV[4])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - window))
            if redis.call('ZCARD', KEYS[1]) + cost > permits then
              return 0
            end
            for i = 1, cost do
              redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[5] .. i)
            end
            return 1
            """);

    /** The system property by which a node's clock is off, in microseconds, where nothing else sets it wrong. */
    public static final String SKEW = "limited.skew";

    private static final String PRELUDE = """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local permits, window, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            """;

    private final String script;

    Counter(String script) {
        this.script = PRELUDE + script;
    }

    /** Tells whether it admits a request under one key. */
    boolean admits(RespClient server, Ask ask, long windowMicros, long cost) {
        long clock = System.currentTimeMillis() * 1_000 + Long.getLong(SKEW, 0);
        List<Object> words = List.of(
                "EVAL",
                script.getBytes(StandardCharsets.UTF_8),
                1,
                name() + ":" + ask.key(),
                ask.permits(),
                windowMicros,
                cost,
                clock,
                UUID.randomUUID());
        return server.call(words.toArray()).equals(1L);
    }
}
