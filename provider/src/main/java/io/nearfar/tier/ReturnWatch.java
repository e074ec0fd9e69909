package io.nearfar.tier;

import io.nearfar.far.FarEntries;
import io.nearfar.key.Keyspace;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/**
 * Notices, for one cache, which partitions' servers have been away, so that these can be cleared before anything in them
 * is believed. Safe for use by several threads.
 */
final class ReturnWatch {
    private final IntToLongFunction troubles;
    private final IntPredicate isSilent;
    private final LongSupplier nanoTime;
    private final long[] seen = new long[Keyspace.PARTITIONS];
    private final long[] lastGood = new long[Keyspace.PARTITIONS];
    private final long[] goneSince = new long[Keyspace.PARTITIONS];
    private final BitSet away = new BitSet();
    private final BitSet suspects = new BitSet();

    /** Begins to watch; a server that was not reached yet counts as away since now. */
    ReturnWatch(FarEntries<?, ?> far, LongSupplier nanoTime) {
        this(far::troubles, partition -> far.silence(partition) != null, nanoTime);
    }

    /**
     * Begins to watch.
     *
     * @param troubles a number that changes with every outage of a partition, whatever server comes after it
     * @param isSilent tells whether the partition's server is not asked at the moment
     */
    ReturnWatch(IntToLongFunction troubles, IntPredicate isSilent, LongSupplier nanoTime) {
        this.troubles = troubles;
        this.isSilent = isSilent;
        this.nanoTime = nanoTime;
        for (int partition = 0; partition < seen.length; partition++) {
            seen[partition] = troubles.applyAsLong(partition);
            lastGood[partition] = nanoTime.getAsLong();
            goneSince[partition] = lastGood[partition];
            away.set(partition, isSilent.test(partition));
        }
    }

    /** Looks whether the partition's server has been away; returns whether it was and is back, and nothing was done yet. */
    synchronized boolean isSuspect(int partition) {
        long count = troubles.applyAsLong(partition);
        if (count != seen[partition]) {
            seen[partition] = count;
            goes(partition);
        }
        if (away.get(partition) && !isSilent.test(partition)) {
            away.clear(partition);
            suspects.set(partition);
        }
        if (!away.get(partition)) {
            lastGood[partition] = nanoTime.getAsLong();
        }
        return suspects.get(partition);
    }

    private void goes(int partition) {
        if (!away.get(partition)) {
            away.set(partition);
            goneSince[partition] = lastGood[partition];
        }
    }

    /** Returns all partitions that are suspect, looking at each. */
    BitSet suspects() {
        BitSet found = new BitSet();
        for (int partition = 0; partition < seen.length; partition++) {
            found.set(partition, isSuspect(partition));
        }
        return found;
    }

    /** Returns how many nanoseconds ago the last absence of the partition's server may have begun. */
    synchronized long awayNanos(int partition) {
        return nanoTime.getAsLong() - goneSince[partition];
    }

    /** A clear is about to begin. */
    synchronized Clearing clearing() {
        return new Clearing(seen.clone());
    }

    /** A clear that covers the absences that had been seen when it began, and none that began since. */
    final class Clearing {
        private final long[] covered;

        private Clearing(long[] covered) {
            this.covered = covered;
        }

        /** It was made in these partitions. */
        void made(BitSet partitions) {
            partitions.stream().forEach(partition -> cleared(partition, covered[partition]));
        }
    }

    private synchronized void cleared(int partition, long covered) {
        if (seen[partition] == covered) {
            lastGood[partition] = nanoTime.getAsLong();
            suspects.clear(partition);
        }
    }
}
