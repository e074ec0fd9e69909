package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the clears of one cache, one thread at a time: those noted in an outage, with the invalidations of tags, and those
 * of partitions whose server has been away, if the cache is to be cleared then.
 */
final class SettledClears {
    private final String cache;
    private final FarEntries<?, ?> far;
    private final DirtySet<?, ?> dirty;
    private final SettlingCounts counts;
    private final SettledTags tags;
    private final @Nullable ReturnWatch watch;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();

    SettledClears(
            String cache,
            FarEntries<?, ?> far,
            DirtySet<?, ?> dirty,
            SettlingCounts counts,
            @Nullable ReturnWatch watch,
            long patienceNanos) {
        this.cache = cache;
        this.far = far;
        this.dirty = dirty;
        this.counts = counts;
        this.tags = new SettledTags(far, dirty.tags(), counts);
        this.watch = watch;
        this.patienceNanos = patienceNanos;
    }

    /** Makes the clears whose servers are asked; returns the partitions that are still to be cleared, and why. */
    Map<Integer, FarTierUnavailableException> settle() {
        if (dirty.clears().isEmpty() && dirty.tags().isEmpty() && watch == null) {
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

    /** Tells whether nothing is to be made in the partition. */
    boolean areMadeIn(int partition) {
        boolean suspect = watch != null && watch.isSuspect(partition);
        return !suspect && !dirty.clears().isPending(partition) && !dirty.tags().isPending(partition);
    }

    private BitSet due(Map<Integer, FarTierUnavailableException> left) {
        BitSet due = dirty.clears().pending();
        due.or(dirty.tags().pending());
        if (watch != null) {
            due.or(watch.suspects());
        }
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
        BitSet noted = dirty.clears().pending();
        noted.and(due);
        long order = dirty.order();
        ReturnWatch.Clearing clearing = watch == null ? null : watch.clearing();
        BitSet made = made(noted, left, () -> far.clear(noted, left::put));
        dirty.cleared(made, order);
        if (watch != null && clearing != null) {
            clearing.made(made);
            makeOnce(watch, due, left);
        }
        tags.make(due, left);
    }

    /** Nodes that come back one after another clear once. */
    private void makeOnce(ReturnWatch returns, BitSet due, Map<Integer, FarTierUnavailableException> left) {
        BitSet suspects = returns.suspects();
        suspects.and(due);
        IntFunction<Duration> away = partition -> Duration.ofNanos(returns.awayNanos(partition));
        ReturnWatch.Clearing clearing = returns.clearing();
        clearing.made(made(suspects, left, () -> far.clearOnce(suspects, away, left::put)));
    }

    private BitSet made(BitSet asked, Map<Integer, FarTierUnavailableException> left, Runnable clear) {
        BitSet made = (BitSet) asked.clone();
        if (!asked.isEmpty()) {
            clear.run();
            left.keySet().forEach(made::clear);
            counts.cleared(made.cardinality());
        }
        return made;
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
                "Cache " + cache + ": a clear or an invalidation made in the outage is just being made up for,"
                        + " for longer than the deadline of " + TimeUnit.NANOSECONDS.toMillis(patienceNanos) + " ms");
    }
}
