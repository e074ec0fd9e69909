package io.nearfar.jcache;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** get, getAll, containsKey. */
final class Reads<K, V> {
    private final Desk<K, V> desk;
    private final Loading<K, V> loading;

    Reads(Desk<K, V> desk, Loading<K, V> loading) {
        this.desk = desk;
        this.loading = loading;
    }

    @Nullable
    V get(K key) {
        long start = desk.statistics().startGet();
        Entry<V> entry = desk.store().lookup(key);
        if (entry == null) {
            return missed(key, start);
        }
        desk.accessed(key, entry);
        desk.statistics().hit(start);
        return entry.value().get();
    }

    /** Looks up like {@link #get}, but loads nothing. */
    @Nullable
    V known(K key) {
        long start = desk.statistics().startGet();
        Entry<V> entry = desk.store().lookup(key);
        if (entry == null) {
            desk.statistics().miss(start);
            return null;
        }
        desk.accessed(key, entry);
        desk.statistics().hit(start);
        return entry.value().get();
    }

    private @Nullable V missed(K key, long start) {
        try {
            return desk.readsThrough() ? plain(loading.through(key).value()) : null;
        } finally {
            desk.statistics().miss(start);
        }
    }

    static <V> @Nullable V plain(@Nullable Value<V> value) {
        return value == null ? null : value.get();
    }

    Map<K, V> getAll(Set<? extends K> keys) {
        long start = desk.statistics().startGet();
        Map<K, Entry<V>> entries = desk.store().lookupAll(keys);
        Map<K, V> found = new HashMap<>();
        entries.forEach((key, entry) -> {
            desk.accessed(key, entry);
            found.put(key, entry.value().get());
        });
        if (desk.readsThrough()) {
            loadMissing(keys, found);
        }
        desk.statistics().gets(entries.size(), (long) keys.size() - entries.size(), start);
        return found;
    }

    private void loadMissing(Set<? extends K> keys, Map<K, V> found) {
        for (K key : keys) {
            if (!found.containsKey(key)) {
                Value<V> loaded = loading.through(key).value();
                if (loaded != null) {
                    found.put(key, loaded.get());
                }
            }
        }
    }

    boolean containsKey(K key) {
        return desk.store().read(key, Freshness.NEAR) != null;
    }
}
