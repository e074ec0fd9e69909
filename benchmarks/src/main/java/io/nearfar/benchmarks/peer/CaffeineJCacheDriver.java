package io.nearfar.benchmarks.peer;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import java.util.OptionalLong;
import java.util.Properties;
import javax.cache.CacheManager;

/** Caffeine's own JCache provider, bounded, which it is not by default. */
final class CaffeineJCacheDriver extends JCacheDriver {
    private static final String PROVIDER = "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";

    private CaffeineJCacheDriver(CacheManager manager, Values values) {
        super(manager, manager.createCache("cities", bounded(values)));
    }

    static Driver open(Values values) {
        return new CaffeineJCacheDriver(manager(PROVIDER, "caffeine-jcache-" + values, new Properties()), values);
    }

    private static CaffeineConfiguration<String, Object> bounded(Values values) {
        CaffeineConfiguration<String, Object> configuration = new CaffeineConfiguration<>(configuration(values));
        configuration.setMaximumSize(OptionalLong.of(Keys.ROOM));
        return configuration;
    }
}
