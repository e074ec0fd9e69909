package io.nearfar.testing;

import static org.awaitility.Awaitility.await;

import io.nearfar.Bypass;
import io.nearfar.EntryOptions;
import io.nearfar.Limit;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import io.nearfar.spi.NearfarCachingProvider;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;

/** A node over a Redis of its own, which can do so much that each metric there is has a meter. */
public final class MeteredNode implements AutoCloseable {
    private static final Limit LEASED = new Limit("all", 10_000, Duration.ofMinutes(1)).leased();

    private final RealRedis redis = RealRedis.start();
    private final NearfarCachingProvider provider = new NearfarCachingProvider();
    private final NearfarManager manager;

    private MeteredNode() {
        Properties settings = new Properties();
        settings.setProperty("nearfar.address", redis.address());
        settings.setProperty("nearfar.prefix", "metered-" + UUID.randomUUID());
        settings.setProperty("nearfar.deadline", "9s"); // a busy machine is no outage
        settings.setProperty("nearfar.near.maximum-weight", "1MB");
        manager = provider.getCacheManager(null, null, settings).unwrap(NearfarManager.class);
    }

    /** Starts one that has done nothing. */
    public static MeteredNode start() {
        return new MeteredNode();
    }

    public NearfarManager manager() {
        return manager;
    }

    /** Opens a cache. */
    @SuppressWarnings("unchecked")
    public NearfarCache<String, String> open(String name) {
        return manager.createCache(
                        name, new MutableConfiguration<String, String>().setTypes(String.class, String.class))
                .unwrap(NearfarCache.class);
    }

    /** Does something of everything with a cache of the name cities, until there is a meter of each metric. */
    public void work() {
        NearfarCache<String, String> cache = open("cities");
        Quota quota = LEASED.forAll();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> {
                    cache.put("paris", "v".repeat(5_000), EntryOptions.NONE.withTags("fr"));
                    cache.get("paris");
                    cache.getOrLoad("lisbon", context -> "v");
                    cache.invalidateTag("fr");
                    RateLimiter limiter = manager.unwrap(RateLimiter.class);
                    for (int i = 0; i < 100; i++) {
                        limiter.decide(quota);
                    }
                    limiter.bypassed(LEASED, Bypass.EXEMPT);
                    return manager.meters().stream()
                            .map(Meter::metric)
                            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Metric.class)))
                            .equals(EnumSet.allOf(Metric.class));
                });
    }

    @Override
    public void close() {
        provider.close();
        redis.close();
    }
}
