package io.nearfar.fault.node;

import io.nearfar.CacheObserver;
import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.Tier;
import io.nearfar.WarmingPlan;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.node.FickleLoads.Fate;
import io.nearfar.spi.NearfarCachingProvider;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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
    private static final int WARMED = 100;

    private final NearfarCachingProvider provider = new NearfarCachingProvider();
    private final Map<Role, Cache<String, Number>> caches = new EnumMap<>(Role.class);
    private final NearfarManager manager;
    private final boolean enriched;
    private final LongAdder observed = new LongAdder();

    NearfarCaches(Properties settings, Ear ear) {
        Properties ours = new Properties();
        ours.putAll(settings);
        this.enriched = ours.remove(ENRICHED) != null;
        CacheManager opened = provider.getCacheManager(null, null, ours);
        this.manager = opened.unwrap(NearfarManager.class);
        for (Role role : Role.values()) {
            MutableConfiguration<String, Number> configuration = configuration(role);
            if (ear != null && role == Role.HEARD) {
                configuration.addCacheEntryListenerConfiguration(heardBy(ear));
            }
            Cache<String, Number> cache = opened.createCache(role.cache(), configuration);
            caches.put(role, role == Role.STAGED ? Staged.of(cache.unwrap(NearfarCache.class)) : cache);
            if (enriched) {
                near(role).addObserver(new Observing());
            }
        }
    }

    /** Takes part in reads and writes, as an observer of the application does. */
    private final class Observing implements CacheObserver {
        @Override
        public void hit(String cache, Tier tier, long nanos) {
            observed.increment();
        }

        @Override
        public void miss(String cache, long nanos) {
            observed.increment();
        }

        @Override
        public void put(String cache) {
            observed.increment();
        }
    }

    @Override
    public boolean isEnriched() {
        return enriched;
    }

    @Override
    public void invalidate(String name) {
        manager.invalidate(name);
    }

    @Override
    public void warm(FickleLoads loads) {
        if (!enriched) {
            return;
        }
        manager.<String, Number>warm(
                Role.SELDOM.cache(),
                WarmingPlan.of("seldom"),
                warming -> Keys.of(Role.SELDOM)
                        .subList(0, WARMED)
                        .forEach(key ->
                                warming.load(key, loads.load(Role.SELDOM, key, Fate.VALUE, 0, EntryOptions.NONE))));
    }

    private MutableConfiguration<String, Number> configuration(Role role) {
        return new MutableConfiguration<String, Number>()
                .setTypes(String.class, Number.class)
                .setStatisticsEnabled(enriched)
                .setExpiryPolicyFactory(() -> expiry(role));
    }

    private static ExpiryPolicy expiry(Role role) {
        if (role.isEternal()) {
            return new EternalExpiryPolicy();
        }
        Duration life = new Duration(TimeUnit.MILLISECONDS, role.life().toMillis());
        return role.isTouched() ? new TouchedExpiryPolicy(life) : new ModifiedExpiryPolicy(life);
    }

    private static CacheEntryListenerConfiguration<String, Number> heardBy(Ear ear) {
        return new MutableCacheEntryListenerConfiguration<>(() -> ear, null, true, true);
    }

    @Override
    public Cache<String, Number> get(Role role) {
        return caches.get(role);
    }

    @Override
    public void close() {
        provider.close();
    }
}
