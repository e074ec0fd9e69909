package io.nearfar.entry;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds the entries of one cache: the near tier alone, the far tier alone, or both. All changes of one key are
 * atomic and totally ordered. Keys are handed over as the caller has them and copied where they are kept, unless
 * immutable. Placeholders of loads are never returned as entries.
 *
 * <p>Every method throws {@link io.nearfar.FarTierUnavailableException} if only the far tier can answer and it does not.
 */
public interface EntryStore<K, V> extends AutoCloseable {
    /**
     * Returns the live entry under {@code key}, or null, as a caller's read: any tier may answer, and the cache's signals
     * count a near hit, a far hit or a miss.
     */
    @Nullable
    Entry<V> lookup(K key);

    /**
     * Returns the live entry under {@code key} if the near tier has it, or null, for a caller's read that goes on by {@link #lookup}
     * where there is none. What it returns is counted among the signals' near look-ups; null is not counted.
     */
    default @Nullable Entry<V> lookupNear(K key) {
        return null;
    }

    /** Returns the live entries under {@code keys}, each counted like {@link #lookup}; keys without one are left out. */
    Map<K, Entry<V>> lookupAll(Collection<? extends K> keys);

    /** Returns the live entry under {@code key}, or null; not counted. */
    @Nullable
    Entry<V> read(K key, Freshness freshness);

    /** Returns the live entries under {@code keys}, not counted; keys without one are left out. */
    Map<K, Entry<V>> readAll(Collection<? extends K> keys, Freshness freshness);

    /** Makes one change; see {@link Reply} for what comes back. */
    Reply<V> apply(K key, Change<V> change);

    /**
     * Makes many changes, each atomic by itself, in any order. The reply map has an entry for each key. If it throws,
     * some changes may have been made.
     */
    Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> changes);

    /**
     * Gives the entry another lifetime from now on, unless the key has changed since {@code seen} was read.
     *
     * @param millis milliseconds, or {@link Lifetime#ETERNAL}, or {@link Lifetime#NONE}
     * @return false if what was read is no longer there, or the tier that knows could not be told
     */
    boolean touch(K key, Entry<V> seen, long millis);

    /** Asks for the right to load a missing entry, for at most {@code millis} unless renewed. Never waits. */
    Lease<V> lease(K key, long millis);

    /** Prolongs a granted lease to {@code millis} from now; returns false if it was voided. */
    boolean renew(K key, Version granted, long millis);

    /** Gives a granted lease back without a result, later if the tier does not answer; no effect if it was voided. */
    void release(K key, Version granted);

    /**
     * Gives a granted lease back whose load has failed. What was kept of the key is left for whoever asks next; for
     * {@code restMillis} nobody is granted a lease of it, and who asks is handed what is kept. Later, and then for no time, if the
     * tier does not answer.
     *
     * @return whether what was kept may answer in place of the load: false if the lease was voided, if a tag of what was kept
     *     was invalidated, or its grace is over, or if nothing was kept; then the lease is given back without a result
     */
    boolean releaseFailed(K key, Lease.Granted<V> granted, long restMillis);

    /** Returns what has ended and is kept of a key for loads that fail, also while somebody loads; null if there is nothing. */
    @Nullable
    Entry<V> kept(K key);

    /**
     * Leaves in the place of a granted lease, for {@code millis}, that there is nothing to load: whoever asks for a lease is told
     * so, and for all else the key is without an entry. Whatever would have voided the lease ends it, and so does an
     * invalidation of one of the tags after the lease was granted. No effect if the lease was voided, or if it cannot be
     * remembered now: then the lease is given back.
     */
    void rememberAbsence(K key, Version granted, long millis, List<String> tags);

    /** Removes all entries; entries written after the return are not touched. */
    void clear();

    /** Ends all entries that carry one of the tags; entries written after the return are not touched. */
    void invalidateTags(Collection<String> tags, Ending ending);

    /** Like {@link #invalidateTags(Collection, Ending)}, and leaves nothing. */
    default void invalidateTags(Collection<String> tags) {
        invalidateTags(tags, Ending.HARD);
    }

    /**
     * Ends all entries whose keys' readable texts match a pattern, each at some time during the call and as the walk says; what is
     * written meanwhile may end too. Loads of such keys that began before store nothing. If the walk is cancelled, some are left.
     *
     * @throws IllegalArgumentException if the pattern means nothing; names it, the place and the cure
     */
    void invalidatePattern(String pattern, KeyWalk walk);

    /**
     * Walks over live entries. An entry that is there during the whole walk is met exactly once; one that comes or goes
     * meanwhile at most once. {@link Iterator#remove} is not supported.
     */
    Iterator<Keyed<K, V>> scan();

    /** Removes all entries and all traces of the cache, on all nodes. The store is closed afterwards. */
    void destroy();

    /** Frees what the store holds in this process; far entries stay. Closing twice has no further effect. */
    @Override
    void close();
}
