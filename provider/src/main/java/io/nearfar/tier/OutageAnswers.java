package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Reply;
import io.nearfar.key.Glob;
import io.nearfar.tier.DirtySet.Known;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What each operation answers while the far tier does not. Every method is told why that is so, and throws it if it has
 * no answer.
 */
interface OutageAnswers<K, V> {
    /** Answers a read. */
    Answer<V> read(K key, Freshness freshness, FarTierUnavailableException why);

    /** Answers reads of many keys, of which each has its reason. */
    default Map<K, Answer<V>> readAll(Map<K, FarTierUnavailableException> reasons, Freshness freshness) {
        Map<K, Answer<V>> answers = new HashMap<>();
        reasons.forEach((key, why) -> answers.put(key, read(key, freshness, why)));
        return answers;
    }

    /** Returns what is known of a key by what it was told in the outage, or null if it was told nothing. */
    default @Nullable Known<V> told(K key) {
        return null;
    }

    /**
     * Returns a walk that was begun when nothing was dirty, as it is met through an outage.
     *
     * @param otherwise returns what is known of a key that was told nothing, or null if what is met is believed
     */
    default Iterator<Keyed<K, V>> walk(Iterator<Keyed<K, V>> all, Function<Keyed<K, V>, @Nullable Known<V>> otherwise) {
        return new SettledScan<>(all, this::told, otherwise);
    }

    /** Tells whether {@link #change} has an answer. */
    boolean isAnswered(K key, Change<V> change);

    /**
     * Answers a change; returns null if nothing was changed, for the reason is one no longer: the far tier is to be asked then.
     */
    @Nullable
    Reply<V> change(K key, Change<V> change, FarTierUnavailableException why);

    /** Answers changes of many keys that all have an answer; of each there is a reason. Leaves out those as above. */
    default Map<K, Reply<V>> changeAll(Map<K, Change<V>> changes, Map<K, FarTierUnavailableException> reasons) {
        Map<K, Reply<V>> replies = new HashMap<>();
        reasons.forEach((key, why) -> {
            Change<V> change = changes.get(key);
            Reply<V> reply = change == null ? null : change(key, change, why);
            if (reply != null) {
                replies.put(key, reply);
            }
        });
        return replies;
    }

    /** Answers an access that gives an entry another lifetime; tells whether it has it. */
    boolean touch(K key, Entry<V> seen, long millis, FarTierUnavailableException why);

    /** Answers a request for the load lease. */
    Lease<V> lease(K key, long millis, FarTierUnavailableException why);

    /** Answers an invalidation of tags that could not be made in these partitions. */
    void invalidateTags(Collection<String> tags, Ending ending, BitSet partitions, FarTierUnavailableException why);

    /**
     * Answers an invalidation of a pattern that could not be made in these partitions, or not to its end; {@code matches} tells
     * of the keys.
     */
    void invalidatePattern(Glob pattern, BitSet partitions, Predicate<K> matches, FarTierUnavailableException why);

    /** Answers a clear that could not be made in these partitions. */
    void clear(BitSet partitions, FarTierUnavailableException why);
}
