package io.nearfar.tck;

import java.net.URI;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * What a run leaves behind that is killed in the middle: entries and metas of the TCK's own cache names, under that run's
 * prefix. They must neither change what another run sees nor be changed by it.
 */
final class Leftovers {
    static final String PREFIX = "tck-killed-run";

    private static final List<String> CACHES =
            List.of("org.jsr107.tck.GetTest", "org.jsr107.tck.PutTest", "org.jsr107.tck.CacheTest", "cache", "c1");

    private Leftovers() {}

    /** Writes them through a manager that is closed, not cleared, as a killed process would leave it. */
    static void plant(String address) {
        Properties settings = new Properties();
        settings.setProperty("nearfar.address", address);
        settings.setProperty("nearfar.prefix", PREFIX);
        try (CacheManager killed = Caching.getCachingProvider()
                .getCacheManager(URI.create("nearfar:killed-run"), Leftovers.class.getClassLoader(), settings)) {
            CACHES.forEach(name -> fill(killed.createCache(name, new MutableConfiguration<>())));
        }
    }

    private static void fill(Cache<Object, Object> cache) {
        for (long key = 0; key < 20; key++) {
            cache.put(key, "left over");
            cache.put((int) key, (int) key);
            cache.put("key" + key, "left over");
        }
    }
}
