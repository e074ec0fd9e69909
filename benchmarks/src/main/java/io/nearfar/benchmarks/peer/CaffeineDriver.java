package io.nearfar.benchmarks.peer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Caffeine as it is: bounded, no expiry, no statistics, values by reference. */
class CaffeineDriver implements Driver {
    private final Cache<String, Object> cache;

    CaffeineDriver(Opening opening) {
        this.cache = Caffeine.newBuilder().maximumSize(opening.room()).build();
    }

    @Override
    public @Nullable Object get(String key) {
        return cache.getIfPresent(key);
    }

    @Override
    public void put(String key, Object value) {
        cache.put(key, value);
    }

    @Override
    public Map<String, ?> getAll(Set<String> keys) {
        return cache.getAllPresent(keys);
    }

    @Override
    public void putAll(Map<String, Object> values) {
        cache.putAll(values);
    }

    @Override
    public long increment(String key) {
        return (Long) cache.asMap().merge(key, 1L, (held, one) -> (Long) held + (Long) one);
    }

    @Override
    public void clear() {
        cache.invalidateAll();
    }

    @Override
    public void close() {
        cache.invalidateAll();
    }
}
