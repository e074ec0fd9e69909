package io.nearfar.tier;

import io.nearfar.key.Keyspace;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntToLongFunction;

/**
 * In which partitions of a cache there may be rows of the fallback store that the far tier was not told of: where nobody
 * has looked since the cache was opened, since the partition's server was away, or since this node stored something. For
 * each partition the number of outages is kept up to which nothing is left. Safe for use by several threads.
 */
final class Suspicions {
    /** Nobody has looked yet. What is lower: this node has stored something since then. */
    private static final long NEVER = -2;

    private final IntToLongFunction troubles;
    private final AtomicLongArray marks = new AtomicLongArray(Keyspace.PARTITIONS);
    private final AtomicLong stores = new AtomicLong(NEVER);

    /** Begins with a suspicion of every partition; {@code troubles} is a number that changes with every outage of one. */
    Suspicions(IntToLongFunction troubles) {
        this.troubles = troubles;
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            marks.set(partition, NEVER);
        }
    }

    boolean isSuspect(int partition) {
        long now = troubles.applyAsLong(partition);
        return now < 0 || marks.get(partition) != now;
    }

    /** This node is about to store something. */
    Storing stores(int partition) {
        long own = stores.decrementAndGet();
        return new Storing(partition, marks.getAndSet(partition, own), own);
    }

    /**
     * Something that this node was about to store.
     *
     * @param before what was known of the partition before
     * @param own what is since then
     */
    record Storing(int partition, long before, long own) {}

    /** It was stored: a look that began meanwhile may have missed it. */
    void stored(Storing storing) {
        marks.set(storing.partition(), stores.decrementAndGet());
    }

    /**
     * It may not have come to that, and is remembered in another way. What others are about to store is theirs, and a look
     * that began before this does not end the suspicion.
     */
    void notStored(Storing storing) {
        long left = storing.before() < NEVER ? stores.decrementAndGet() : NEVER;
        marks.compareAndSet(storing.partition(), storing.own(), left);
    }

    /** What the table says was shown: where it is not asked any more, the far tier is not believed either. */
    void shown(int partition) {
        if (marks.get(partition) >= NEVER) {
            marks.set(partition, stores.decrementAndGet());
        }
    }

    /**
     * A look at the rows of a partition that is about to begin.
     *
     * @param mark what was known of the partition before
     * @param outages how many outages its server has had
     */
    record Look(int partition, long mark, long outages) {
        /** Tells whether this node has stored something there that nobody has settled since, as far as it knows. */
        boolean isOwn() {
            return mark < NEVER;
        }
    }

    Look look(int partition) {
        return new Look(partition, marks.get(partition), troubles.applyAsLong(partition));
    }

    /** Nothing is left of what was there when the look began. */
    void settled(Look look) {
        if (look.outages() >= 0) {
            marks.compareAndSet(look.partition(), look.mark(), look.outages());
        }
    }

    /** What this node had stored is made up for in another way; others may have left something. */
    void settledOwn(Look look) {
        marks.compareAndSet(look.partition(), look.mark(), NEVER);
    }
}
