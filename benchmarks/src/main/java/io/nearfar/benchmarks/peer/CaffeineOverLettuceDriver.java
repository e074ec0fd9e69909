package io.nearfar.benchmarks.peer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two tiers in ten lines, as an application writes them by hand: no other node ever learns of a change. */
final class CaffeineOverLettuceDriver implements Driver {
    private final Cache<String, Object> near;
    private final Driver far;

    private CaffeineOverLettuceDriver(Cache<String, Object> near, Driver far) {
        this.near = near;
        this.far = far;
    }

    static Driver open(Opening opening) {
        return new CaffeineOverLettuceDriver(
                Caffeine.newBuilder().maximumSize(opening.room()).build(), LettuceDriver.open(opening, "by-hand-"));
    }

    @Override
    public @Nullable Object get(String key) {
        Object held = near.getIfPresent(key);
        if (held != null) {
            return held;
        }
        Object found = far.get(key);
        if (found != null) {
            near.put(key, found);
        }
        return found;
    }

    @Override
    public void put(String key, Object value) {
        far.put(key, value);
        near.put(key, value);
    }

    @Override
    public Map<String, ?> getAll(Set<String> keys) {
        Map<String, Object> found = new HashMap<>(near.getAllPresent(keys));
        Set<String> missing = new HashSet<>(keys);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            Map<String, ?> fetched = far.getAll(missing);
            near.putAll(fetched);
            found.putAll(fetched);
        }
        return found;
    }

    @Override
    public void putAll(Map<String, Object> values) {
        far.putAll(values);
        near.putAll(values);
    }

    @Override
    public long increment(String key) {
        long sum = far.increment(key);
        near.put(key, sum);
        return sum;
    }

    @Override
    public void close() {
        far.close();
    }
}
