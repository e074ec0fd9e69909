package io.nearfar.tier;

import io.nearfar.key.Keyspace;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** The clears that are still to be made, by partition: each with its place among all that was noted of the cache. */
final class DirtyPartitions {
    private static final long NONE = 0;

    private final AtomicLongArray orders;
    private final AtomicInteger pending = new AtomicInteger();

    DirtyPartitions(int partitions) {
        this.orders = new AtomicLongArray(partitions);
    }

    /** Returns all partitions. */
    static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, Keyspace.PARTITIONS);
        return all;
    }

    boolean isEmpty() {
        return pending.get() == 0;
    }

    boolean isPending(int partition) {
        return orders.get(partition) != NONE;
    }

    /** Returns those in which a clear is to be made. */
    BitSet pending() {
        BitSet set = new BitSet();
        for (int partition = 0; partition < orders.length(); partition++) {
            set.set(partition, isPending(partition));
        }
        return set;
    }

    /** Remembers a clear. */
    void note(int partition, long order) {
        if (orders.getAndSet(partition, order) == NONE) {
            pending.incrementAndGet();
        }
    }

    /** A clear was made that covers all that was noted up to {@code order}. */
    void made(int partition, long order) {
        long noted = orders.get(partition);
        if (noted != NONE && noted <= order && orders.compareAndSet(partition, noted, NONE)) {
            pending.decrementAndGet();
        }
    }
}
