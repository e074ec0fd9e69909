package io.nearfar.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.nearfar.entry.Entry;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What has expired in a {@link LocalStore} and is kept for loads that fail. It lies beside the entries, of which it is none any
 * more; whoever changes an entry drops what is kept of its key in the same step. Bounded as the entries are.
 */
final class Graces<K, V> {
    private final ConcurrentMap<K, Entry<V>> kept;
    private final UnaryOperator<K> keep;
    private final long configuredMillis;

    /**
     * Creates none.
     *
     * @param keep gives a key as it may be kept
     * @param configuredMillis is for entries that say nothing of it themselves
     */
    Graces(Caffeine<K, Entry<V>> bounded, UnaryOperator<K> keep, long configuredMillis) {
        this.keep = keep;
        Cache<K, Entry<V>> cache = bounded.executor(Runnable::run).build();
        this.kept = cache.asMap();
        this.configuredMillis = configuredMillis;
    }

    /** Keeps an entry that has just been dropped because it has expired, if it has a grace. */
    void keep(K key, Entry<V> expired, long now) {
        if (isInGrace(expired, now)) {
            kept.put(keep.apply(key), expired);
        }
    }

    /**
     * Returns what is kept of a key, or null.
     *
     * @param met what lies among the entries and has expired, if something does
     */
    @Nullable
    Entry<V> of(K key, @Nullable Entry<V> met, long now) {
        Entry<V> entry = met == null && !kept.isEmpty() ? kept.get(key) : met;
        return entry != null && isInGrace(entry, now) ? entry : null;
    }

    private boolean isInGrace(Entry<V> expired, long now) {
        long millis = expired.attributes().graceOr(configuredMillis);
        return millis > 0 && expired.isExpired(now) && now - expired.expires() < TimeUnit.MILLISECONDS.toMicros(millis);
    }

    void drop(K key) {
        if (!kept.isEmpty()) {
            kept.remove(key);
        }
    }

    void dropAll() {
        kept.clear();
    }

    void dropKeys(Predicate<K> concerned) {
        kept.keySet().removeIf(concerned);
    }

    void dropEntries(Predicate<Entry<V>> concerned) {
        kept.values().removeIf(concerned);
    }

    /** Forgets those whose grace is over. */
    void purge(long now) {
        if (!kept.isEmpty()) {
            kept.values().removeIf(expired -> !isInGrace(expired, now));
        }
    }

    /** Returns how many are kept, of which some may be over. */
    int size() {
        return kept.size();
    }
}
