package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Makes the clears of one cache that were noted in an outage, one thread at a time. */
final class SettledClears {
    private final String cache;
    private final FarEntries<?, ?> far;
    private final DirtySet<?, ?> dirty;
    private final SettlingCounts counts;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();

    SettledClears(String cache, FarEntries<?, ?> far, DirtySet<?, ?> dirty, SettlingCounts counts, long patienceNanos) {
        this.cache = cache;
        this.far = far;
        this.dirty = dirty;
        this.counts = counts;
        this.patienceNanos = patienceNanos;
    }

    /** Makes the clears whose servers are asked; returns the partitions that are still to be cleared, and why. */
    Map<Integer, FarTierUnavailableException> settle() {
        if (dirty.clears().isEmpty()) {
            return Map.of();
        }
        Map<Integer, FarTierUnavailableException> left = new HashMap<>();
        BitSet due = due(left);
        if (!due.isEmpty()) {
            if (!tryLock()) {
                due.stream().forEach(partition -> left.put(partition, busy()));
                return left;
            }
            try {
                make(due(left), left);
            } finally {
                lock.unlock();
            }
        }
        return left;
    }

    private BitSet due(Map<Integer, FarTierUnavailableException> left) {
        BitSet due = dirty.clears().pending();
        for (int partition = due.nextSetBit(0); partition >= 0; partition = due.nextSetBit(partition + 1)) {
            FarTierUnavailableException why = far.silence(partition);
            if (why != null) {
                left.put(partition, why);
                due.clear(partition);
            }
        }
        return due;
    }

    private void make(BitSet due, Map<Integer, FarTierUnavailableException> left) {
        if (due.isEmpty()) {
            return;
        }
        long order = dirty.order();
        far.clear(due, left::put);
        BitSet made = (BitSet) due.clone();
        left.keySet().forEach(made::clear);
        dirty.cleared(made, order);
        counts.cleared(made.cardinality());
    }

    private boolean tryLock() {
        try {
            return lock.tryLock() || lock.tryLock(patienceNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private FarTierUnavailableException busy() {
        return new FarTierUnavailableException(
                "Cache " + cache + ": a clear made in the outage is just being made up for,"
                        + " for longer than the deadline of " + TimeUnit.NANOSECONDS.toMillis(patienceNanos) + " ms");
    }
}
