package io.nearfar.benchmarks.peer;

import java.util.Properties;
import javax.cache.CacheManager;
import org.cache2k.config.Cache2kConfig;
import org.cache2k.config.CacheType;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.JCacheConfig;

/** The JCache provider of cache2k, with more room than it has by itself; by value, which it is only if asked for. */
final class Cache2kJCacheDriver extends JCacheDriver {
    private static final String PROVIDER = "org.cache2k.jcache.provider.JCacheProvider";

    private Cache2kJCacheDriver(CacheManager manager, Opening opening) {
        super(manager, manager.createCache("cities", bounded(opening)));
    }

    static Driver open(Opening opening) {
        return new Cache2kJCacheDriver(manager(PROVIDER, "cache2k-" + opening.values(), new Properties()), opening);
    }

    private static ExtendedMutableConfiguration<String, Object> bounded(Opening opening) {
        Cache2kConfig<String, Object> own = new Cache2kConfig<>();
        own.setKeyType(CacheType.of(String.class));
        own.setValueType(CacheType.of(typeOf(opening.values())));
        own.setEntryCapacity(opening.room());
        own.getSections()
                .add(new JCacheConfig().builder().copyAlwaysIfRequested(true).config());
        ExtendedMutableConfiguration<String, Object> configuration = ExtendedMutableConfiguration.of(own);
        configuration.setTypes(String.class, typeOf(opening.values()));
        configuration.setStatisticsEnabled(opening.duties().counted());
        expiry(opening).ifPresent(configuration::setExpiryPolicyFactory);
        return configuration;
    }
}
