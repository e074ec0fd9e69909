package io.nearfar.benchmarks.limit;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Requests that a node decides by itself: under keys that have no permit left, which it remembers, or of whose limit it holds
 * credits.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DenialBenchmark {
    private static final Limit LIMIT = new Limit("user", 1, Duration.ofHours(1));

    private static final Limit LEASED = new Limit("leased", 1_000_000_000_000L, Duration.ofHours(1)).leased();

    /** After so many requests a key has credits; it is asked for so often that it keeps them. */
    private static final int WARM_UP = 40;

    private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** How many keys are asked for in turn. */
    @Param("1")
    public int keys = 1;

    /** Where requests are counted; in the process if it is empty. */
    @Param("")
    public String address = "";

    /** Whether the keys are leased and admitted, rather than denied. */
    @Param("false")
    public boolean leased;

    private final List<List<Quota>> quotas = new ArrayList<>();
    private @Nullable CacheManager manager;
    private @Nullable RateLimiter limiter;

    /** The next key of a thread. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        int next(int keys) {
            next = next + 1 < keys ? next + 1 : 0;
            return next;
        }
    }

    /** Uses up the only permit of each key, or has the node lease credits of each. */
    @Setup
    public void open() {
        Properties properties = new Properties();
        properties.setProperty("nearfar.prefix", "benchmark-denials");
        properties.setProperty("nearfar.limit.deadline", "5s");
        if (!address.isEmpty()) {
            properties.setProperty("nearfar.address", address);
        }
        CachingProvider provider = Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider");
        CacheManager opened = provider.getCacheManager(URI.create("benchmark:denials"), null, properties);
        RateLimiter asked = opened.unwrap(RateLimiter.class);
        manager = opened;
        limiter = asked;
        for (int key = 0; key < keys; key++) {
            quotas.add(List.of((leased ? LEASED : LIMIT).of("user-" + key)));
            if (leased) {
                lease(asked, key);
            } else {
                useUp(asked, quotas.get(key));
            }
        }
    }

    /** Those that were leased before are asked for all the time, as they will be. */
    private void lease(RateLimiter limiter, int key) {
        for (int i = 0; i < WARM_UP; i++) {
            limiter.decide(quotas.get(key), 1);
        }
        for (int before = 0; before < key; before++) {
            limiter.decide(quotas.get(before), 1);
        }
    }

    /** A server that is not reached yet denies nothing. */
    private static void useUp(RateLimiter limiter, List<Quota> quotas) {
        long begun = System.nanoTime();
        while (limiter.decide(quotas, 1).admitted()) {
            if (System.nanoTime() - begun > LONGEST_START_NANOS) {
                throw new IllegalStateException(
                        "A key is admitted again and again; the figure of its denials would mean nothing");
            }
        }
    }

    /** Decides about one request. */
    @Benchmark
    public Decision decide(Turn turn) {
        return opened(limiter).decide(quotas.get(turn.next(keys)), 1);
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("A part is measured before open() was called");
        }
        return part;
    }

    /** Closes the limiter. */
    @TearDown
    public void close() {
        opened(manager).close();
    }
}
