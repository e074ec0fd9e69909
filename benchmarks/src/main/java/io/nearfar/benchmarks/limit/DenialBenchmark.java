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

/** Requests under keys that have no permit left: what a node answers by memory, and asks about once a second for each key. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DenialBenchmark {
    private static final Limit LIMIT = new Limit("user", 1, Duration.ofHours(1));

    private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** How many keys are asked for in turn. */
    @Param("1")
    public int keys = 1;

    /** Where requests are counted; in the process if it is empty. */
    @Param("")
    public String address = "";

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

    /** Uses up the only permit of each key. */
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
            quotas.add(List.of(LIMIT.of("user-" + key)));
            useUp(asked, quotas.get(key));
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
