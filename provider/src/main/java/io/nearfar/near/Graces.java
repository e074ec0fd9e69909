package io.nearfar.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.nearfar.config.FailSafeSettings;
import io.nearfar.entry.Ending;
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
    private final long windowMicros;

    /**
     * Creates none.
     *
     * @param keep gives a key as it may be kept
     * @param settings say how long entries are kept that say nothing of it themselves, and how long they answer at once
     */
    Graces(Caffeine<K, Entry<V>> bounded, UnaryOperator<K> keep, FailSafeSettings settings) {
        this.keep = keep;
        Cache<K, Entry<V>> cache = bounded.executor(Runnable::run).build();
        this.kept = cache.asMap();
        this.configuredMillis = settings.graceMillis();
        this.windowMicros = TimeUnit.MILLISECONDS.toMicros(settings.revalidationMillis());
    }

    /** Keeps an entry that has just been dropped because it has expired, if it has a grace. */
    void keep(K key, Entry<V> expired, long now) {
        if (isInGrace(expired, now)) {
            kept.put(keep.apply(key), expired);
        }
    }

    /**
     * Keeps an entry that has just been dropped to end before its time, if it has a grace; what is kept already stays, unless it was
     * invalidated meanwhile. Neither answers while its key is loaded anew.
     *
     * @param ending null if there was none
     */
    void end(K key, @Nullable Entry<V> ending, long now) {
        if (ending == null) {
            kept.computeIfPresent(key, (k, held) -> ended(held, now));
            return;
        }
        drop(key);
        keep(key, ended(ending, now), now);
    }

    private Entry<V> ended(Entry<V> entry, long now) {
        return entry.expiring(Math.min(entry.expires(), now - windowMicros));
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

    /** Ends what is kept of the keys that are concerned; softly, it answers at once no more. */
    void endKeys(Predicate<K> concerned, Ending ending, long now) {
        if (ending == Ending.HARD) {
            kept.keySet().removeIf(concerned);
            return;
        }
        for (K key : kept.keySet()) {
            if (concerned.test(key)) {
                kept.computeIfPresent(key, (k, held) -> ended(held, now));
            }
        }
    }

    /** Likewise of the entries that are. */
    void endEntries(Predicate<Entry<V>> concerned, Ending ending, long now) {
        if (ending == Ending.HARD) {
            kept.values().removeIf(concerned);
            return;
        }
        kept.keySet()
                .forEach(
                        key -> kept.computeIfPresent(key, (k, held) -> concerned.test(held) ? ended(held, now) : held));
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
