package io.nearfar.near;

import io.nearfar.entry.Version;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one partition of a cache: which of its near entries may still be served. Its seal is read at every hit, and
 * the limits at the first one under a new seal, so that clearing a partition costs the same whatever it holds.
 */
final class Partition {
    private final int number;
    private final NearLease lease;
    private final TagStamps tags = new TagStamps();
    private final TagStamps lastTags = new TagStamps();
    private volatile long clearedAt = Long.MIN_VALUE;
    private volatile long lastClear = Long.MIN_VALUE;
    private final Function<Object, String> textOf;
    private volatile Patterns patterns = Patterns.NONE;
    private volatile int epoch;
    private volatile Seal seal = new Seal(0);

    /** Creates one without limits; {@code textOf} returns the text of a key. */
    Partition(int number, NearLease lease, Function<Object, String> textOf) {
        this.number = number;
        this.lease = lease;
        this.textOf = textOf;
    }

    int number() {
        return number;
    }

    NearLease lease() {
        return lease;
    }

    /** Returns what changes with each limit, after it: what was judged under the one that is here now needs no other look. */
    Seal seal() {
        return seal;
    }

    private void limited() {
        seal = new Seal(patterns.last());
    }

    /** Returns the number of the current epoch; entries of another one are not served. */
    int epoch() {
        return epoch;
    }

    /**
     * Tells whether a write of that stamp, filled in {@code itsEpoch}, is still valid. Asks for the clear first: a new epoch
     * forgets it, but only after its number has changed.
     */
    boolean admits(long stamp, int itsEpoch) {
        return stamp > clearedAt && itsEpoch == epoch;
    }

    /** Tells whether the tags of a write of that stamp leave it valid; asked before {@link #admits} for its reason. */
    boolean admitsTags(long stamp, List<String> itsTags) {
        return itsTags.isEmpty() || tags.admits(stamp, itsTags);
    }

    /**
     * Ends the life of every write up to {@code stamp} that carries one of the tags. Too many of them are forgotten for a new
     * epoch, and what is here goes once: the far tier has made each before it was told, and so has what is read from then on.
     */
    synchronized void invalidateTags(Collection<String> dead, long stamp) {
        if (tags.isFullFor(dead)) {
            beginEpoch();
        }
        tags.invalidate(dead, stamp);
        lastTags.invalidate(dead, stamp);
        limited();
    }

    /** Returns the patterns that were invalidated of late. Asked for before {@link #admits} for its reason. */
    Patterns patterns() {
        return patterns;
    }

    String textOf(Object key) {
        return textOf.apply(key);
    }

    /** Ends the life of every write below {@code stamp} whose key matches and that is here, or is asked for already. */
    synchronized void invalidatePattern(Predicate<String> pattern, long stamp) {
        patterns = patterns.with(pattern, stamp);
        limited();
    }

    /** Ends the life of every write up to {@code stamp}. */
    synchronized void clear(long stamp) {
        clearedAt = Math.max(clearedAt, stamp);
        lastClear = Math.max(lastClear, stamp);
        limited();
    }

    /**
     * Returns what has come after that write, in whatever epoch that was heard: an invalidation of one of its tags, if that
     * came after {@code since}, or a clear; null if nothing has.
     */
    @Nullable
    Version endOf(Version write, List<String> itsTags, long since) {
        long ended = itsTags.isEmpty() ? Long.MIN_VALUE : lastTags.latest(itsTags);
        boolean over = ended > since || lastClear > write.stamp();
        return over ? new Version(Math.max(write.stamp(), Math.max(ended, lastClear)), 0) : null;
    }

    /** Ends the life of everything: stamps of another epoch cannot be compared with those before it. */
    synchronized void beginEpoch() {
        epoch++;
        clearedAt = Long.MIN_VALUE;
        tags.forget();
        patterns = patterns.forgotten();
        limited();
    }
}
