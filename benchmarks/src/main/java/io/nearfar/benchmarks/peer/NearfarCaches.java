package io.nearfar.benchmarks.peer;

import io.nearfar.CacheObserver;
import io.nearfar.NearfarCache;
import java.util.Map;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** One node with tiered caches, as many as are wanted; nodes with the same prefix share them. */
public final class NearfarCaches implements AutoCloseable {
    private final CacheManager manager;

    private NearfarCaches(CacheManager manager) {
        this.manager = manager;
    }

    /** Opens a node whose entries have that prefix; two in one JVM have different ones. */
    public static NearfarCaches open(String address, String prefix) {
        return open(address, prefix, Map.of());
    }

    /** Likewise, with settings of its own. */
    public static NearfarCaches open(String address, String prefix, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("nearfar.mode", "tiered");
        properties.setProperty("nearfar.address", address);
        properties.setProperty("nearfar.prefix", prefix);
        properties.setProperty("nearfar.deadline", "5s");
        properties.setProperty("nearfar.connect-timeout", "5s");
        properties.setProperty("nearfar.outage", "closed");
        return new NearfarCaches(JCacheDriver.manager("io.nearfar.spi.NearfarCachingProvider", prefix, properties));
    }

    /** Creates another cache, and waits until its server is reached. */
    public Cache<String, Long> cache(String name) {
        return cache(name, Long.class);
    }

    /** Likewise, of values of a type. */
    public <V> Cache<String, V> cache(String name, Class<V> type) {
        Cache<String, V> cache =
                manager.createCache(name, new MutableConfiguration<String, V>().setTypes(String.class, type));
        NearfarDriver.awaitServer(() -> cache.get("absent"));
        return cache;
    }

    /** Has somebody told of each entry that another node's write takes out of the near tier. */
    public static void onInvalidation(Cache<String, Long> cache, Runnable told) {
        cache.unwrap(NearfarCache.class).addObserver(new CacheObserver() {
            @Override
            public void invalidated(String name) {
                told.run();
            }
        });
    }

    @Override
    public void close() {
        manager.close();
    }
}
