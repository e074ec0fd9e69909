package io.nearfar.benchmarks.peer;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** Any JCache provider: declared types, by value. */
class JCacheDriver implements Driver {
    private final CacheManager manager;
    private final Cache<String, Object> cache;

    JCacheDriver(CacheManager manager, Cache<String, Object> cache) {
        this.manager = manager;
        this.cache = cache;
    }

    /** Returns a manager of its own, so that two drivers of one provider do not meet. */
    static CacheManager manager(String provider, String name, Properties properties) {
        return Caching.getCachingProvider(provider)
                .getCacheManager(URI.create(name), JCacheDriver.class.getClassLoader(), properties);
    }

    /** Returns the manager that a provider has by itself, for those that take a name for a file. */
    static CacheManager defaultManager(String provider, Properties properties) {
        CachingProvider found = Caching.getCachingProvider(provider);
        return found.getCacheManager(found.getDefaultURI(), JCacheDriver.class.getClassLoader(), properties);
    }

    /** Returns the configuration that all providers get. */
    static MutableConfiguration<String, Object> configuration(Opening opening) {
        MutableConfiguration<String, Object> configuration = new MutableConfiguration<String, Object>()
                .setTypes(String.class, typeOf(opening.values()))
                .setStatisticsEnabled(opening.duties().counted());
        expiry(opening).ifPresent(configuration::setExpiryPolicyFactory);
        return configuration;
    }

    /** Returns when entries expire, if they do. */
    static Optional<Factory<ExpiryPolicy>> expiry(Opening opening) {
        return opening.duties().expiring()
                ? Optional.of(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR))
                : Optional.empty();
    }

    @SuppressWarnings("unchecked") // only values of that type are put
    static Class<Object> typeOf(Values values) {
        return (Class<Object>) values.type();
    }

    @Override
    public @Nullable Object get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, Object value) {
        cache.put(key, value);
    }

    @Override
    public Map<String, ?> getAll(Set<String> keys) {
        return cache.getAll(keys);
    }

    @Override
    public void putAll(Map<String, Object> values) {
        cache.putAll(values);
    }

    @Override
    public long increment(String key) {
        return cache.invoke(key, Increment.BY_ONE);
    }

    @Override
    public void clear() {
        cache.clear();
    }

    @Override
    public void close() {
        manager.close();
    }

    /** Adds one. */
    private enum Increment implements EntryProcessor<String, Object, Long> {
        BY_ONE;

        @Override
        public Long process(MutableEntry<String, Object> entry, Object... arguments) {
            long sum = (entry.exists() ? (Long) entry.getValue() : 0L) + 1;
            entry.setValue(sum);
            return sum;
        }
    }
}
