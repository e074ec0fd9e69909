package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.entry.Change;
import io.nearfar.entry.Reply;
import io.nearfar.far.FarEntries;
import io.nearfar.key.StoredName;
import io.nearfar.tier.DirtySet.Work;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/*
 * How an outage is made up for
 * ============================
 * Before anything is asked of a far tier that answers again, what is dirty of it is settled; so nothing from before the
 * outage is believed. First the clears, and the invalidations of tags. A key of which an invalidated pattern speaks is
 * removed, once; a walk over all keys, which makes the invalidation, follows in the background. Then the keys: a value is
 * written if the far entry still is the one that was known before the outage; if not, or if that is not known, the key is
 * removed, for nobody can tell which of two writes came later. A write that is refused becomes a removal, which a full
 * server takes.
 *
 * A settling that got no answer may have happened, and will not happen any more: the key stays dirty and is settled again.
 */

/** Tells the far tier what one cache was told in an outage. Safe for use by several threads. */
final class Settler<K, V> {
    private static final int BATCH = 256;

    private final String cache;
    private final FarEntries<K, V> far;
    private final DirtySet<K, V> dirty;
    private final SettledClears clears;
    private final SettledPatterns patterns;
    private final MakingUp<K, V> makingUp;
    private final SettlingCounts counts;
    private final @Nullable ReturnWatch watch;
    private final @Nullable RowSettler<K, V> rows;
    private final long patienceNanos;

    /**
     * Creates the settler of one cache.
     *
     * @param counts where the work is counted
     * @param watch notices whose server has been away, if the cache is to be cleared then, else null
     * @param rows settles what is in the fallback store, or null if there is none
     * @param patienceNanos how long one waits for another that settles the same
     */
    Settler(
            String cache,
            FarEntries<K, V> far,
            DirtySet<K, V> dirty,
            SettlingCounts counts,
            @Nullable ReturnWatch watch,
            @Nullable RowSettler<K, V> rows,
            long patienceNanos) {
        this.cache = cache;
        this.far = far;
        this.dirty = dirty;
        this.counts = counts;
        this.patienceNanos = patienceNanos;
        this.watch = watch;
        this.rows = rows;
        this.makingUp = new MakingUp<>(cache, far);
        this.patterns = new SettledPatterns(cache, far, dirty.patterns(), counts);
        this.clears = new SettledClears(cache, far, dirty, counts, watch, patienceNanos);
    }

    /** Has walks that make up for patterns keep that pace, from now on. */
    void walkAt(InvalidationPace pace) {
        patterns.walkAt(pace);
    }

    /** Settles what is dirty of a key; returns why that could not be done, or null if nothing is. */
    @Nullable
    FarTierUnavailableException settle(K key) {
        FarTierUnavailableException left = rows == null ? null : rows.settle(key);
        return left != null || isClean() ? left : settleDirty(key);
    }

    private boolean isClean() {
        return watch == null && dirty.isEmpty();
    }

    /** Tells whether nothing has to be settled before the far tier is asked about that key. */
    boolean isIdle(K key) {
        return rows == null && (isClean() || isSettled(key, far.partition(key)));
    }

    private boolean isSettled(K key, int partition) {
        boolean owed = dirty.patterns().owed().isIn(partition);
        return !owed && clears.areMadeIn(partition) && !dirty.isDirty(key);
    }

    /** Tells whether a server has been away and the cache is to be cleared for it. */
    boolean isSuspicious() {
        return watch != null && !watch.suspects().isEmpty();
    }

    private @Nullable FarTierUnavailableException settleDirty(K key) {
        int partition = far.partition(key);
        if (isSettled(key, partition)) {
            return null;
        }
        FarTierUnavailableException silence = far.silence(partition);
        if (silence != null) {
            return silence;
        }
        owe(List.of(key));
        FarTierUnavailableException left =
                clears.areMadeIn(partition) ? null : clears.settle().get(partition);
        return left == null ? settleAlone(key) : left;
    }

    /** Keys of which a pattern speaks that is still to be invalidated are to be removed, once the server is asked. */
    private void owe(Collection<? extends K> keys) {
        if (dirty.patterns().isEmpty()) {
            return;
        }
        for (K key : keys) {
            int partition = far.partition(key);
            if (dirty.patterns().owed().isIn(partition) && far.silence(partition) == null) {
                dirty.owe(key, far.text(key), partition);
            }
        }
    }

    /** Works until the key is settled; what others note of it meanwhile as well, for they may have returned. */
    private @Nullable FarTierUnavailableException settleAlone(K key) {
        long until = System.nanoTime() + patienceNanos;
        while (dirty.isDirty(key)) {
            Work<K, V> work = dirty.begin(key);
            FarTierUnavailableException left =
                    work == null ? null : work(List.of(work)).get(key);
            if (left != null) {
                return left;
            } else if (work == null && !awaitOthers(key, until)) {
                return busy();
            }
        }
        return null;
    }

    private boolean awaitOthers(K key, long until) {
        CompletableFuture<Void> others = dirty.workOn(key);
        if (others == null) {
            return true;
        }
        try {
            others.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return others.isDone();
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    private FarTierUnavailableException busy() {
        return new FarTierUnavailableException(
                "Cache " + StoredName.told(cache) + ": a change made in the outage is just being made up for,"
                        + " for longer than the deadline of " + TimeUnit.NANOSECONDS.toMillis(patienceNanos) + " ms");
    }

    /** Settles what is dirty of many keys; returns those that could not be, and why. */
    Map<K, FarTierUnavailableException> settle(Collection<? extends K> keys) {
        Map<K, FarTierUnavailableException> left = rows == null ? Map.of() : rows.settle(keys);
        if (isClean()) {
            return left;
        } else if (left.isEmpty()) {
            return settleDirty(keys);
        }
        Map<K, FarTierUnavailableException> all = new HashMap<>(left);
        all.putAll(
                settleDirty(keys.stream().filter(key -> !left.containsKey(key)).toList()));
        return all;
    }

    private Map<K, FarTierUnavailableException> settleDirty(Collection<? extends K> keys) {
        owe(keys);
        Map<Integer, FarTierUnavailableException> closed = clears.settle();
        Map<K, FarTierUnavailableException> left = new HashMap<>();
        List<K> open = new ArrayList<>();
        for (K key : keys) {
            FarTierUnavailableException why = closed.get(far.partition(key));
            if (why != null) {
                left.put(key, why);
            } else if (dirty.isDirty(key)) {
                open.add(key);
            }
        }
        left.putAll(
                work(open.stream().map(dirty::begin).filter(Objects::nonNull).toList()));
        open.removeAll(left.keySet());
        for (K key : open) {
            FarTierUnavailableException why = settleDirty(key); // only what somebody else is at work on is left
            if (why != null) {
                left.put(key, why);
            }
        }
        return left;
    }

    /** Returns the partitions of which the fallback store may hold something that the far tier was not told. */
    BitSet suspects() {
        return rows == null ? new BitSet() : rows.suspectsAfterALook();
    }

    /** The far tier was cleared in these partitions; {@code order} is the place of what that covers. */
    void cleared(BitSet partitions, long order) {
        dirty.cleared(partitions, order);
        if (rows != null) {
            rows.cleared(partitions);
        }
    }

    /**
     * Settles everything that a walk over the entries could meet; returns why something could not be, or null. What an invalidated
     * pattern speaks of such a walk leaves out by itself.
     */
    @Nullable
    FarTierUnavailableException settleAll() {
        FarTierUnavailableException left = rows == null ? null : rows.settleAll();
        return left != null || isClean() ? left : settleAllDirty();
    }

    private @Nullable FarTierUnavailableException settleAllDirty() {
        for (FarTierUnavailableException why : clears.settle().values()) {
            return why;
        }
        List<K> keys = new ArrayList<>();
        dirty.keys().forEach(keys::add);
        for (FarTierUnavailableException why : settle(keys).values()) {
            return why;
        }
        return null;
    }

    /** The invalidations of patterns that were not made yet stay so from now on. */
    void closePatterns() {
        patterns.close();
    }

    /** Gives back the load leases that could not be given back when their loads ended. */
    void giveBackLeases(BooleanSupplier goesOn) {
        dirty.owedLeases().giveBack(far, goesOn);
    }

    /**
     * Settles what can be, batch by batch, and leaves alone what belongs to a server that does not answer.
     *
     * @param goesOn asked after each batch
     * @param walks where the walk is made for invalidations of patterns
     * @return whether nothing is dirty any more
     */
    boolean settleSome(BooleanSupplier goesOn, Executor walks) {
        Set<Integer> closed = new HashSet<>(clears.settle().keySet());
        List<K> batch = new ArrayList<>();
        for (K key : dirty.keys()) {
            if (!isClosed(far.partition(key), closed)) {
                batch.add(key);
            }
            if (batch.size() == BATCH) {
                closed.addAll(settleBatch(batch));
                batch.clear();
                if (!goesOn.getAsBoolean()) {
                    return false;
                }
            }
        }
        settleBatch(batch);
        patterns.begin(walks);
        giveBackLeases(goesOn);
        return dirty.isEmpty() && dirty.owedLeases().isEmpty() && !isSuspicious();
    }

    /** Settles a batch and returns the partitions of which something is left. */
    private Set<Integer> settleBatch(Collection<K> keys) {
        owe(keys); // or what was put after a pattern would be written, and then removed as if it had been there before
        Set<Integer> partitions = new HashSet<>();
        work(keys.stream().map(dirty::begin).filter(Objects::nonNull).toList())
                .keySet()
                .forEach(key -> partitions.add(far.partition(key)));
        return partitions;
    }

    private boolean isClosed(int partition, Set<Integer> closed) {
        return closed.contains(partition) || (far.silence(partition) != null && closed.add(partition));
    }

    // ---- the work

    /** Does the work; returns what is left of it, and why. */
    private Map<K, FarTierUnavailableException> work(Collection<Work<K, V>> works) {
        return works.isEmpty() ? Map.of() : workOn(works);
    }

    private Map<K, FarTierUnavailableException> workOn(Collection<Work<K, V>> works) {
        Map<K, FarTierUnavailableException> left = new HashMap<>();
        Map<K, Work<K, V>> open = new HashMap<>();
        works.forEach(work -> open.put(work.key(), work));
        try {
            Map<K, Change<V>> changes = new HashMap<>();
            open.forEach((key, work) -> changes.put(key, work.change()));
            Map<K, Reply<V>> replies = makingUp.tell(changes, key -> isCurrent(open.get(key)), left);
            works.forEach(work -> end(work, replies.get(work.key()), left.get(work.key())));
            open.clear();
        } finally {
            open.values().forEach(dirty::undone);
        }
        return left;
    }

    private boolean isCurrent(@Nullable Work<K, V> work) {
        return work != null && dirty.isCurrent(work);
    }

    private void end(Work<K, V> work, @Nullable Reply<V> reply, @Nullable FarTierUnavailableException left) {
        if (left != null || reply == null) {
            dirty.undone(work);
        } else {
            boolean written = reply.applied() && reply.now() != null;
            counts.settled(written); // before anybody finds that nothing is left
            dirty.done(work, written ? reply.version() : null);
        }
    }
}
