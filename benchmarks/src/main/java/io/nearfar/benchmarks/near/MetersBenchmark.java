package io.nearfar.benchmarks.near;

import io.nearfar.Meter;
import io.nearfar.NearfarManager;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
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
 * What metrics cost: a near hit while nobody reads them and while somebody does a hundred times a second, far more often than
 * anybody collects, and reading them all once. Needs the address of a server to measure two tiers; without it is mode near.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MetersBenchmark {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    /** Tells whether somebody reads them meanwhile. */
    @Param({"false", "true"})
    public boolean collected;

    /** Where the server is. */
    @Param("")
    public String address = "";

    private @Nullable CachingProvider provider;
    private @Nullable Cache<String, Integer> cache;
    private @Nullable NearfarManager manager;
    private volatile boolean over;

    /** Opens a cache with one entry. */
    @Setup
    public void open() {
        Properties settings = new Properties();
        settings.setProperty("nearfar.near.ttl", "1h");
        if (!address.isEmpty()) {
            settings.setProperty("nearfar.address", address);
            settings.setProperty("nearfar.prefix", "benchmark-of-meters");
        }
        provider = Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider");
        manager = provider.getCacheManager(provider.getDefaultURI(), null, settings)
                .unwrap(NearfarManager.class);
        cache = manager.createCache(
                "cities", new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
        cache.put("k", 1);
        over = false;
        if (collected) {
            Thread collecting = new Thread(this::collect, "collecting");
            collecting.setDaemon(true);
            collecting.start();
        }
    }

    private void collect() {
        while (!over) {
            readAll();
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** Reads one value, near. */
    @Benchmark
    public @Nullable Integer get() {
        return opened(cache).get("k");
    }

    /** Reads all meters once. */
    @Benchmark
    public double readAll() {
        return opened(manager).meters().stream().mapToDouble(Meter::value).sum();
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("A part is measured before open() was called");
        }
        return part;
    }

    /** Closes all. */
    @TearDown
    public void close() {
        over = true;
        opened(provider).close();
    }
}
