package io.nearfar.fault.node;

import io.nearfar.fault.history.Role;
import io.nearfar.spi.NearfarCachingProvider;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** Our caches as an application has them, all of one manager. */
final class NearfarCaches implements Caches {
    private final NearfarCachingProvider provider = new NearfarCachingProvider();
    private final Map<Role, Cache<String, Long>> caches = new EnumMap<>(Role.class);

    NearfarCaches(Properties settings, Ear ear) {
        CacheManager manager = provider.getCacheManager(null, null, settings);
        for (Role role : Role.values()) {
            MutableConfiguration<String, Long> configuration = configuration(role);
            if (ear != null && role == Role.HEARD) {
                configuration.addCacheEntryListenerConfiguration(heardBy(ear));
            }
            caches.put(role, manager.createCache(role.cache(), configuration));
        }
    }

    private static MutableConfiguration<String, Long> configuration(Role role) {
        return new MutableConfiguration<String, Long>()
                .setTypes(String.class, Long.class)
                .setExpiryPolicyFactory(() -> expiry(role));
    }

    private static ExpiryPolicy expiry(Role role) {
        if (role.isEternal()) {
            return new EternalExpiryPolicy();
        }
        Duration life = new Duration(TimeUnit.MILLISECONDS, role.life().toMillis());
        return role.isTouched() ? new TouchedExpiryPolicy(life) : new ModifiedExpiryPolicy(life);
    }

    private static CacheEntryListenerConfiguration<String, Long> heardBy(Ear ear) {
        return new MutableCacheEntryListenerConfiguration<>(() -> ear, null, true, true);
    }

    @Override
    public Cache<String, Long> get(Role role) {
        return caches.get(role);
    }

    @Override
    public void close() {
        provider.close();
    }
}
