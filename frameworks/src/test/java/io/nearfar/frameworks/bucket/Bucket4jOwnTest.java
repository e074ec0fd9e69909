package io.nearfar.frameworks.bucket;

import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.bucket4j.tck.AbstractDistributedBucketTest;
import io.github.bucket4j.tck.ProxyManagerSpec;
import io.nearfar.testing.RealRedis;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** The tests that Bucket4j publishes for stores of buckets, on a cache of Nearfar: in both modes over Redis, and in the process. */
@Timeout(120)
class Bucket4jOwnTest extends AbstractDistributedBucketTest {
    private static RealRedis redis;
    private static List<CacheManager> managers;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        managers = List.of(manager("near"), manager("tiered"), manager("far"));
        specs = managers.stream()
                .<ProxyManagerSpec<?, ?, ?>>map(Bucket4jOwnTest::spec)
                .toList();
    }

    @AfterAll
    static void stop() {
        managers.forEach(CacheManager::close);
        redis.close();
    }

    private static CacheManager manager(String mode) {
        Properties settings = new Properties();
        settings.setProperty("nearfar.mode", mode);
        settings.setProperty("nearfar.application", "limits");
        settings.setProperty("nearfar.deadline", "9s");
        if (!mode.equals("near")) {
            settings.setProperty("nearfar.address", redis.address());
        }
        return Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider")
                .getCacheManager(URI.create("bucket4j-" + mode), null, settings);
    }

    private static ProxyManagerSpec<?, ?, ?> spec(CacheManager manager) {
        Cache<String, byte[]> buckets = manager.createCache(
                "buckets", new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
        return new ProxyManagerSpec<>(
                manager.getURI().toString(),
                () -> UUID.randomUUID().toString(),
                () -> Bucket4jJCache.entryProcessorBasedBuilder(buckets));
    }
}
