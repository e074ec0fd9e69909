package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.AtomicOutage;
import io.nearfar.config.CacheSettings;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.key.Glob;
import io.nearfar.tier.DirtySet.Known;
import java.util.BitSet;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The application goes on. Reads are answered by what this node was told in the outage, then by the near tier within the
 * cache's longest staleness, else they miss. Changes that need not know what is there are noted. What only the far tier
 * can decide throws, reads of the authority among it: a miss that is none would make a conditional operation answer "no"
 * without having asked; unless the cache lets this node decide alone.
 */
final class FailOpen<K, V> implements OutageAnswers<K, V> {
    private final DirtySet<K, V> dirty;
    private final ToIntFunction<K> partitionOf;
    private final Function<K, @Nullable Entry<V>> stale;
    private final Function<K, @Nullable Entry<V>> before;
    private final Consumer<K> room;
    private final boolean decides;
    private final long maxStaleNanos;

    /**
     * Creates the answers of one cache.
     *
     * @param dirty what it was told
     * @param partitionOf returns the partition of a key
     * @param stale returns the near entry if it may be served while the far tier cannot be asked
     * @param before returns the near entry, however old, by which the far entry is known that a change takes the place of
     * @param room sees to it that one more key can be noted
     */
    FailOpen(
            CacheSettings settings,
            DirtySet<K, V> dirty,
            ToIntFunction<K> partitionOf,
            Function<K, @Nullable Entry<V>> stale,
            Function<K, @Nullable Entry<V>> before,
            Consumer<K> room) {
        this.dirty = dirty;
        this.partitionOf = partitionOf;
        this.stale = stale;
        this.before = before;
        this.room = room;
        this.decides = settings.atomicOutage() == AtomicOutage.LOCAL;
        this.maxStaleNanos = settings.maxStale().toNanos();
    }

    @Override
    public Answer<V> read(K key, Freshness freshness, FarTierUnavailableException why) {
        mustBeAnswered(freshness, why);
        Known<V> known = dirty.known(key, partitionOf.applyAsInt(key));
        if (known != null) {
            return new Answer<>(known.entry(), Answer.Origin.NOTED);
        }
        Entry<V> entry = stale.apply(key);
        return new Answer<>(entry, entry == null ? Answer.Origin.NOBODY : Answer.Origin.STALE);
    }

    @Override
    public @Nullable Known<V> told(K key) {
        return dirty.isEmpty() ? null : dirty.known(key, partitionOf.applyAsInt(key));
    }

    /** Throws if a read of that freshness has no answer. */
    void mustBeAnswered(Freshness freshness, FarTierUnavailableException why) {
        if (freshness == Freshness.AUTHORITY && !decides) {
            throw why;
        }
    }

    @Override
    public boolean isAnswered(K key, Change<V> change) {
        return isOfLocalLease(key, change) || isNotable(change) || (decides && !mayBeOutdated(change));
    }

    /** Whether a tag of it may have been invalidated since its value was made up; only the far tier knows. */
    private static boolean mayBeOutdated(Change<?> change) {
        return change.since() != Change.ANY_TIME && change.attributes().isTagged();
    }

    /** Whoever asks for no condition and no witness loses nothing by being told that it is done. */
    static boolean isNotable(Change<?> change) {
        return change.condition() instanceof Condition.Always always && !always.witnessed();
    }

    private boolean isOfLocalLease(K key, Change<V> change) {
        return change.condition() instanceof Condition.Is is && dirty.leases().stands(key, is.version());
    }

    @Override
    public Reply<V> change(K key, Change<V> change, FarTierUnavailableException why) {
        if (change.condition() instanceof Condition.Is is && isOfLocalLease(key, change)) {
            return loaded(key, is.version(), change);
        } else if (!isAnswered(key, change)) {
            throw why;
        }
        return told(change, note(key, change));
    }

    /** Returns the reply as the caller is told it: what a removal has met is not known, unless this node decides alone. */
    Reply<V> told(Change<V> change, Reply<V> reply) {
        return decides || !change.isRemoval() ? reply : Reply.noted();
    }

    private Reply<V> note(K key, Change<V> change) {
        mustBeStorable(change.value());
        room.accept(key);
        return dirty.note(key, partitionOf.applyAsInt(key), change, before.apply(key));
    }

    private Reply<V> loaded(K key, Version lease, Change<V> change) {
        mustBeStorable(change.value());
        return dirty.noteLoaded(key, partitionOf.applyAsInt(key), lease, change, before.apply(key), maxStaleNanos);
    }

    /** What cannot be stored far is refused now, as it would be without an outage, and not when nobody can be told. */
    static void mustBeStorable(@Nullable Value<?> value) {
        if (value != null) {
            value.bytes();
        }
    }

    @Override
    public boolean touch(K key, Entry<V> seen, long millis, FarTierUnavailableException why) {
        boolean own = Provisional.is(seen.version());
        if (own) {
            dirty.touch(key, seen, millis);
        } else if (millis == Lifetime.NONE) {
            note(key, Change.removal(Condition.ALWAYS, false));
        }
        return own;
    }

    @Override
    public Lease<V> lease(K key, long millis, FarTierUnavailableException why) {
        return dirty.leaseLocally(key, millis, 0);
    }

    @Override
    public void invalidateTags(
            Collection<String> tags, Ending ending, BitSet partitions, FarTierUnavailableException why) {
        dirty.noteTags(tags, ending, partitions);
    }

    @Override
    public void invalidatePattern(
            Glob pattern, BitSet partitions, Predicate<K> matches, FarTierUnavailableException why) {
        dirty.notePattern(pattern, partitions, matches);
    }

    @Override
    public void clear(BitSet partitions, FarTierUnavailableException why) {
        dirty.noteClear(partitions);
    }
}
