package io.nearfar.benchmarks.peer;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import java.util.OptionalLong;
import java.util.Properties;
import javax.cache.CacheManager;

/** Caffeine's own JCache provider, bounded, which it is not by default. */
final class CaffeineJCacheDriver extends JCacheDriver {
    private static final String PROVIDER = "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";

    private CaffeineJCacheDriver(CacheManager manager, Opening opening) {
        super(manager, manager.createCache("cities", bounded(opening)));
    }

    static Driver open(Opening opening) {
        return new CaffeineJCacheDriver(
                manager(PROVIDER, "caffeine-jcache-" + opening.values(), new Properties()), opening);
    }

    private static CaffeineConfiguration<String, Object> bounded(Opening opening) {
        CaffeineConfiguration<String, Object> configuration = new CaffeineConfiguration<>(configuration(opening));
        configuration.setMaximumSize(OptionalLong.of(opening.room()));
        return configuration;
    }
}
