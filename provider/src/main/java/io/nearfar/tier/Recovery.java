package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries;
import io.nearfar.key.StoredName;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes up, in the background, for what the caches of one manager could only note in an outage, as soon as the far tier
 * answers again. Its one thread is there while something is dirty; another makes the walks that invalidations of patterns need,
 * one at a time. What a cache leaves behind when it is closed becomes a
 * clear of the partitions concerned, which whoever opens the cache again takes over.
 */
final class Recovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final long PERIOD_MILLIS = 100;
    private static final long WATCH_MILLIS = 200;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String prefix;
    private final ScheduledExecutorService thread = Timers.create("recovery", 1);
    private final ScheduledExecutorService walks = Timers.create("walk", 1);
    private final SettlingCounts counts = new SettlingCounts();
    private final Map<String, Settler<?, ?>> settlers = new ConcurrentHashMap<>();
    private final Set<String> owing = ConcurrentHashMap.newKeySet();
    private final Map<String, Debt> left = new ConcurrentHashMap<>();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicBoolean due = new AtomicBoolean();

    /** Creates one; {@code prefix} is for its lines of the log. */
    Recovery(String prefix) {
        this.prefix = prefix;
    }

    /**
     * What a closed cache has left to be done.
     *
     * @param partitions to be cleared
     * @param keys how many keys that stands for, at least
     */
    private record Debt(FarEntries<?, ?> far, BitSet partitions, int keys) {
        @Override
        public String toString() {
            return keys == 0 ? "a clear" : keys + " keys";
        }
    }

    SettlingCounts counts() {
        return counts;
    }

    /** Has the cache looked at from time to time, for its server may have been away without any call that shows it. */
    void watch(String cache) {
        watched.add(cache);
        if (watching.compareAndSet(false, true)) {
            thread.scheduleWithFixedDelay(this::look, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        for (String cache : watched) {
            Settler<?, ?> settler = settlers.get(cache);
            if (settler != null && settler.isSuspicious()) {
                owes(cache);
            }
        }
    }

    /** A cache is opened; returns the partitions that are to be cleared before anything in them is believed. */
    BitSet open(String cache, Settler<?, ?> settler) {
        settlers.put(cache, settler);
        Debt debt = left.remove(cache);
        return debt == null ? new BitSet() : debt.partitions();
    }

    /** A cache has noted something. */
    void owes(String cache) {
        if (owing.add(cache)) {
            wake();
        }
    }

    /** A cache is closed: settles what can be at once, and keeps what cannot as a debt. */
    void close(String cache, Settler<?, ?> settler, FarEntries<?, ?> far, DirtySet<?, ?> dirty) {
        settler.closePatterns();
        FarTierUnavailableException why = settler.settleAll();
        settler.giveBackLeases(() -> true);
        if (settlers.remove(cache, settler)) {
            watched.remove(cache);
        }
        if (!dirty.isEmpty()) {
            LOG.debug("{}: closed while something is dirty", cache, why);
            left.put(cache, new Debt(far, dirty.partitions(), dirty.size()));
            wake();
        }
    }

    private void wake() {
        if (due.compareAndSet(false, true)) {
            try {
                thread.schedule(this::work, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("{}: what is still dirty is told when the manager is closed", prefix, e);
            }
        }
    }

    private void work() {
        due.set(false);
        for (String cache : owing) {
            owing.remove(cache);
            if (!isSettled(settlers.get(cache))) {
                owing.add(cache);
            }
        }
        left.keySet().forEach(this::pay);
        if (!owing.isEmpty() || !left.isEmpty()) {
            wake();
        } else {
            tell();
        }
    }

    private boolean isSettled(@Nullable Settler<?, ?> settler) {
        try {
            return settler == null || settler.settleSome(() -> !thread.isShutdown(), this::walk);
        } catch (RuntimeException e) {
            LOG.warn("NF0402 {}: making up for an outage failed, and is tried again", prefix, e);
            return false;
        }
    }

    private void walk(Runnable walk) {
        try {
            walks.execute(walk);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the manager is closed before a walk has begun", prefix, e);
        }
    }

    private void pay(String cache) {
        left.computeIfPresent(cache, (name, debt) -> debt.partitions().isEmpty() ? null : rest(debt));
    }

    private @Nullable Debt rest(Debt debt) {
        BitSet rest = new BitSet();
        BitSet asked = new BitSet();
        debt.partitions().stream()
                .forEach(partition -> (debt.far().silence(partition) == null ? asked : rest).set(partition));
        debt.far().clear(asked, (partition, why) -> rest.set(partition));
        counts.cleared(debt.partitions().cardinality() - rest.cardinality());
        return rest.isEmpty() ? null : new Debt(debt.far(), rest, debt.keys());
    }

    private void tell() {
        String made = counts.take();
        if (!made.isEmpty()) {
            LOG.info("NF0403 {}: the changes made in the outage are made up for: {}", prefix, made);
        }
    }

    private void awaitEnd() {
        long until = System.nanoTime() + CLOSE_NANOS;
        try {
            thread.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            walks.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries once more to pay what closed caches have left, and says what is lost. */
    @Override
    public void close() {
        thread.shutdownNow();
        settlers.values().forEach(Settler::closePatterns);
        walks.shutdownNow();
        awaitEnd();
        left.keySet().forEach(this::pay);
        if (!left.isEmpty()) {
            LOG.error(
                    "NF0404 {}: closed while the far tier does not answer. Changes of these caches are lost, and other nodes"
                            + " may be served what was there before until it expires: {}",
                    prefix,
                    told(left));
            left.clear();
        }
    }

    private static Map<String, Debt> told(Map<String, Debt> left) {
        Map<String, Debt> told = new TreeMap<>();
        left.forEach((cache, debt) -> told.put(StoredName.told(cache), debt));
        return told;
    }
}
