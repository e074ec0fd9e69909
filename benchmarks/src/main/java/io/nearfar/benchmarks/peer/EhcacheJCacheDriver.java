package io.nearfar.benchmarks.peer;

import java.time.Duration;
import java.util.Properties;
import javax.cache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.impl.config.copy.DefaultCopierConfiguration;
import org.ehcache.impl.copy.SerializingCopier;
import org.ehcache.jsr107.Eh107Configuration;

/** The JCache provider of Ehcache, on the heap; by value where values can be changed. */
final class EhcacheJCacheDriver extends JCacheDriver {
    private static final String PROVIDER = "org.ehcache.jsr107.EhcacheCachingProvider";
    private static final String CACHE = "cities";

    private EhcacheJCacheDriver(CacheManager manager, Opening opening) {
        super(manager, manager.createCache(CACHE, bounded(opening)));
        manager.enableStatistics(CACHE, opening.duties().counted());
    }

    static Driver open(Opening opening) {
        // Another URI than the default would have to be that of a file
        return new EhcacheJCacheDriver(defaultManager(PROVIDER, new Properties()), opening);
    }

    private static javax.cache.configuration.Configuration<String, Object> bounded(Opening opening) {
        CacheConfigurationBuilder<String, Object> builder = CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class, typeOf(opening.values()), ResourcePoolsBuilder.heap(opening.room()));
        if (opening.values().changeable()) {
            builder = builder.withService(new DefaultCopierConfiguration<>(
                    SerializingCopier.<Object>asCopierClass(), DefaultCopierConfiguration.Type.VALUE));
        }
        if (opening.duties().expiring()) {
            builder = builder.withExpiry(ExpiryPolicyBuilder.timeToLiveExpiration(Duration.ofHours(1)));
        }
        return Eh107Configuration.fromEhcacheCacheConfiguration(builder);
    }
}
