package io.nearfar.tier;

import io.nearfar.key.Keyspace;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;

/**
 * Notices, beat by beat, that a partition's server is back after an outage, before anything is served again by what the
 * beat has verified. Only a beat that was sent after the outage had been noticed tells so: one that was under way when it
 * began proves nothing, and what is near may still be needed in it. Safe for use by several threads.
 */
final class Returns {
    private final IntToLongFunction troubles;
    private final IntConsumer onReturn;
    private final long[] seen = new long[Keyspace.PARTITIONS];
    private final long[] noticedAt = new long[Keyspace.PARTITIONS];
    private final BitSet away = new BitSet();

    /**
     * Begins to watch.
     *
     * @param troubles a number that changes with every outage of a partition
     * @param onReturn told of each partition whose server is back
     */
    Returns(IntToLongFunction troubles, IntConsumer onReturn) {
        this.troubles = troubles;
        this.onReturn = onReturn;
        for (int partition = 0; partition < seen.length; partition++) {
            seen[partition] = troubles.applyAsLong(partition);
        }
    }

    /** A beat of the partition is about to be sent. */
    synchronized void asking(int partition, long sentAt) {
        long count = troubles.applyAsLong(partition);
        if (count != seen[partition]) {
            seen[partition] = count;
            noticedAt[partition] = sentAt;
            away.set(partition);
        }
    }

    /** The partition is about to be verified as of the sending of a beat. */
    synchronized void verifying(int partition, long sentAt) {
        if (away.get(partition) && sentAt - noticedAt[partition] >= 0) {
            away.clear(partition);
            onReturn.accept(partition);
        }
    }
}
