package io.nearfar.tier;

import io.nearfar.config.DirtySettings;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.Version;
import io.nearfar.key.Glob;
import io.nearfar.key.Keyspace;
import io.nearfar.observe.CacheSignals;
import io.nearfar.tier.LocalChange.Decided;
import java.util.BitSet;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/*
 * How changes are remembered
 * ==========================
 * Each key keeps the last thing it was told, and the version of the far entry that was known before the first. A clear is
 * remembered for each partition; it takes the place of what the partition's keys were told before, and what they are told
 * after it is done with when the clear is made: nobody knows whether it is newer than what the clear removes with it.
 *
 * Whoever tells the far tier of a key is at work on it until the answer is there; others wait for that. What a key is told
 * meanwhile stays dirty, over the entry that the work has left. A key is never taken out while somebody is at work on it,
 * so that no write can overtake the work: a clear leaves an empty place.
 *
 * An invalidation of tags is remembered as such. What keys were told before, and carries one of the tags, becomes a
 * removal; what they are told after it is written only if no tag of it was invalidated since the entry that was known.
 * That of a pattern is made by a walk; a key that matches is noted as to be removed when it is asked for before, once. Both
 * are owed in the partitions alone where they could not be made: elsewhere what came after them is to stay. A clear takes
 * the place of patterns at once.
 *
 * Too many keys, tags or patterns become a clear of their partitions. Too many bytes: a key is remembered without its value.
 */

/** What one cache was told in an outage, and the far tier is to be told. Safe for use by several threads. */
final class DirtySet<K, V> {
    private final ConcurrentHashMap<K, DirtyKey<V>> keys = new ConcurrentHashMap<>();
    private final DirtyPartitions clears = new DirtyPartitions(Keyspace.PARTITIONS);
    private final DirtyTags tags = new DirtyTags();
    private final AtomicLong orders = new AtomicLong();
    private final DirtyPatterns patterns = new DirtyPatterns(orders);
    private final DirtyWeight weight;
    private final LocalLeases<K> leases;
    private final OwedLeases<K> owedLeases;
    private final DirtySettings limits;
    private final UnaryOperator<K> keep;
    private final ServerClock clock;
    private final LongSupplier nanoTime;
    private final CacheSignals signals;
    private final Runnable onNote;

    /**
     * Creates an empty set.
     *
     * @param keep returns a key as it may be kept
     * @param clock server time, as far as this node knows it
     * @param nanoTime by which lifetimes are measured
     * @param signals told of the number of keys
     * @param onNote run whenever something was noted
     * @param outageOf a number that changes with every outage of a key's server
     */
    DirtySet(
            DirtySettings limits,
            UnaryOperator<K> keep,
            ServerClock clock,
            LongSupplier nanoTime,
            CacheSignals signals,
            Runnable onNote,
            ToLongFunction<K> outageOf) {
        this.limits = limits;
        this.weight = new DirtyWeight(limits.maximumWeight());
        this.keep = keep;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.signals = signals;
        this.onNote = onNote;
        this.leases = new LocalLeases<>(nanoTime, outageOf);
        this.owedLeases = new OwedLeases<>(keep, onNote);
    }

    // ---- what is there

    boolean isEmpty() {
        return keys.isEmpty() && clears.isEmpty() && tags.isEmpty() && patterns.isEmpty();
    }

    boolean isDirty(K key) {
        return keys.containsKey(key);
    }

    int size() {
        return keys.size();
    }

    /** Returns the keys, as they are at some time of the walk. */
    Iterable<K> keys() {
        return keys.keySet();
    }

    DirtyPartitions clears() {
        return clears;
    }

    DirtyTags tags() {
        return tags;
    }

    DirtyPatterns patterns() {
        return patterns;
    }

    LocalLeases<K> leases() {
        return leases;
    }

    OwedLeases<K> owedLeases() {
        return owedLeases;
    }

    /** Asks for the right to load a key among the threads of this node; see {@link LocalLeases} for the mark. */
    Lease<V> leaseLocally(K key, long millis, long mark) {
        return leases.ask(keep.apply(key), millis, mark);
    }

    /** What this node knows of a key: an entry, or that there is none. */
    record Known<V>(@Nullable Entry<V> entry) {}

    /** Returns what this node knows of a key by what it was told, or null if it was told nothing. */
    @Nullable
    Known<V> known(K key, int partition) {
        return known(keys.get(key), partition);
    }

    private @Nullable Known<V> known(@Nullable DirtyKey<V> dirty, int partition) {
        Noted<V> latest = dirty == null ? null : dirty.latest;
        if (latest != null) {
            return new Known<>(latest.served(nanoTime.getAsLong()));
        }
        return clears.isPending(partition) ? new Known<>(null) : null;
    }

    // ---- noting

    /**
     * Decides a change over what this node knows, and remembers it.
     *
     * @param before the entry that the near tier had, or null; it counts if the key was told nothing yet
     */
    Reply<V> note(K key, int partition, Change<V> change, @Nullable Entry<V> before) {
        LocalChange<V> local = local(change, Provisional.next());
        return decide(key, partition, before, local::over);
    }

    /**
     * Remembers what a load under a local lease has brought, unless the lease was voided or there is little room.
     *
     * @param lasts how long this node answers with it at most, in nanoseconds
     */
    Reply<V> noteLoaded(K key, int partition, Version lease, Change<V> change, @Nullable Entry<V> before, long lasts) {
        Change<V> anyway = change.when(Condition.ALWAYS);
        LocalChange<V> local = local(anyway, Provisional.next());
        return decide(key, partition, before, known -> {
            if (!leases.stands(key, lease) || keys.size() >= limits.maximumEntries() / 2) {
                return new Decided<>(new Reply<>(false, known != null, null, null, null), null);
            }
            Decided<V> decided = local.over(known);
            Noted<V> noted = decided.noted();
            return noted == null ? decided : new Decided<>(decided.reply(), noted.hidingAt(local.nanos() + lasts));
        });
    }

    private LocalChange<V> local(Change<V> change, Version version) {
        return new LocalChange<>(change, version, orders.incrementAndGet(), clock.micros(), nanoTime.getAsLong());
    }

    /** Decides over the entry that is known, or null if there is none. */
    @FunctionalInterface
    private interface Decision<V> {
        Decided<V> over(@Nullable Entry<V> known);
    }

    /** Carries a reply out of a computation. */
    private static final class Outcome<V> {
        private @Nullable Reply<V> reply;
        private boolean noted;

        Reply<V> reply() {
            if (reply == null) {
                throw new IllegalStateException("A change was noted and left without a reply");
            }
            return reply;
        }
    }

    private Reply<V> decide(K key, int partition, @Nullable Entry<V> before, Decision<V> decision) {
        Outcome<V> outcome = new Outcome<>();
        keys.compute(keep.apply(key), (kept, found) -> {
            Known<V> known = known(found, partition);
            Decided<V> decided = decision.over(known == null ? before : known.entry());
            outcome.reply = decided.reply();
            if (decided.noted() == null) {
                return found;
            }
            leases.voidFor(kept);
            DirtyKey<V> dirty = found == null ? appeared(partition, known == null ? before : null) : found;
            weight.put(dirty, decided.noted());
            outcome.noted = true;
            return dirty;
        });
        if (outcome.noted) {
            onNote.run();
        }
        return outcome.reply();
    }

    private DirtyKey<V> appeared(int partition, @Nullable Entry<V> before) {
        signals.dirtied(1);
        return new DirtyKey<>(partition, before == null ? null : before.version());
    }

    private @Nullable DirtyKey<V> vanished(DirtyKey<V> dirty) {
        weight.put(dirty, null);
        signals.dirtied(-1);
        return null;
    }

    /** Gives what a key was told another lifetime, if it still is that; what was loaded is answered with no longer for it. */
    void touch(K key, Entry<V> seen, long millis) {
        Change<V> change = Change.write(seen.value(), Condition.is(seen.version()), Lifetime.of(millis), false)
                .with(seen.attributes());
        LocalChange<V> local = local(change, seen.version());
        keys.computeIfPresent(key, (kept, dirty) -> {
            Noted<V> latest = dirty.latest;
            Noted<V> touched = latest == null ? null : touched(local, latest);
            if (touched != null) {
                weight.put(dirty, touched);
            }
            return dirty;
        });
    }

    private static <V> @Nullable Noted<V> touched(LocalChange<V> local, Noted<V> latest) {
        Noted<V> touched = local.over(latest.entry()).noted();
        return touched == null ? null : touched.hidingAt(latest.hides());
    }

    /** Likewise of a key under which the far tier has said that there is {@code entry}. */
    @Nullable
    Known<V> known(K key, int partition, @Nullable Entry<V> entry) {
        Known<V> told = known(key, partition);
        return told == null ? ended(entry, partition) : told;
    }

    /** Returns that nothing is there if an invalidation of one of the entry's tags is still to be made, else null. */
    @Nullable
    Known<V> ended(@Nullable Entry<V> entry, int partition) {
        return entry != null && tags.isPending(partition, entry.attributes().tags()) ? new Known<>(null) : null;
    }

    // ---- clears

    /** Tells whether one more key would be too many. */
    boolean isFullFor(K key) {
        return keys.size() >= limits.maximumEntries() && !keys.containsKey(key);
    }

    /** Remembers that the partitions are to be cleared. */
    void noteClear(BitSet partitions) {
        long order = orders.incrementAndGet();
        partitions.stream().forEach(partition -> clears.note(partition, order));
        forget(partitions, order);
        patterns.cleared(partitions, order);
        leases.voidAll();
        onNote.run();
    }

    /** Gives up single keys: all partitions that have some are to be cleared instead. */
    void noteClearOfAll() {
        noteClear(partitions());
    }

    /** Returns the partitions of which something is dirty. */
    BitSet partitions() {
        BitSet partitions = clears.pending();
        partitions.or(tags.pending());
        partitions.or(patterns.owed().partitions());
        keys.values().forEach(dirty -> partitions.set(dirty.partition));
        return partitions;
    }

    /** Returns the place of the last thing that was noted. */
    long order() {
        return orders.get();
    }

    /** The partitions were cleared; that covers all that was noted up to {@code order}. */
    void cleared(BitSet partitions, long order) {
        forget(partitions, order);
        tags.cleared(partitions, order);
        patterns.cleared(partitions, order);
        partitions.stream().forEach(partition -> clears.made(partition, order));
    }

    private void forget(BitSet partitions, long order) {
        keys.forEach((key, dirty) -> {
            if (partitions.get(dirty.partition)) {
                keys.computeIfPresent(key, (kept, found) -> without(found, order));
            }
        });
    }

    private @Nullable DirtyKey<V> without(DirtyKey<V> dirty, long order) {
        Noted<V> latest = dirty.latest;
        if (latest == null || latest.order() > order) {
            return dirty;
        } else if (dirty.work == null) {
            return vanished(dirty);
        }
        weight.put(dirty, null);
        return dirty;
    }

    // ---- tags

    /** Remembers that tags are to be invalidated in these partitions. */
    void noteTags(Collection<String> dead, Ending ending, BitSet partitions) {
        if (tags.note(dead, ending, partitions, orders.incrementAndGet())) {
            onNote.run();
        } else {
            noteClear(partitions);
        }
        outdate(dead);
    }

    /** What was noted with one of the tags, and what is being loaded, is out of date: such keys are to be removed. */
    void outdate(Collection<String> dead) {
        leases.voidAll();
        Set<String> all = Set.copyOf(dead);
        keys.forEach((key, dirty) -> keys.computeIfPresent(key, (kept, found) -> outdated(found, all)));
    }

    // ---- patterns

    /** Remembers that a pattern is to be invalidated in these partitions; {@code matches} tells of the keys. */
    void notePattern(Glob pattern, BitSet partitions, Predicate<K> matches) {
        if (patterns.note(pattern, partitions)) {
            onNote.run();
        } else {
            noteClear(partitions);
        }
        outdate(matches);
    }

    /**
     * Remembers that a key of that text is to be removed, if a pattern speaks of it and that was not done yet. Whoever comes to
     * the key while another thread does that waits for it.
     */
    void owe(K key, String text, int partition) {
        if (!patterns.owed().speakOf(text, partition)) {
            return;
        } else if (patterns.settled() >= limits.maximumEntries()) {
            noteClear(patterns.partitionsOfSettled());
        }
        Outcome<V> outcome = new Outcome<>();
        keys.compute(keep.apply(key), (kept, found) -> {
            if (!patterns.begin(text, partition)) {
                return found;
            }
            DirtyKey<V> dirty = found == null ? appeared(partition, null) : found;
            if (dirty.latest == null) {
                weight.put(dirty, Noted.removal(orders.incrementAndGet()));
                outcome.noted = true;
            }
            return dirty;
        });
        if (outcome.noted) {
            onNote.run();
        }
    }

    /** What was noted of keys that match a pattern, and what is being loaded, is out of date: they are to be removed. */
    void outdate(Predicate<K> matches) {
        leases.voidAll();
        keys.forEach((key, dirty) -> {
            if (matches.test(key)) {
                keys.computeIfPresent(key, (kept, found) -> outdated(found));
            }
        });
    }

    private DirtyKey<V> outdated(DirtyKey<V> dirty) {
        Noted<V> latest = dirty.latest;
        if (latest != null) {
            weight.put(dirty, latest.withoutValue());
        }
        return dirty;
    }

    private DirtyKey<V> outdated(DirtyKey<V> dirty, Set<String> dead) {
        Noted<V> latest = dirty.latest;
        if (latest != null && latest.carriesOneOf(dead)) {
            weight.put(dirty, latest.withoutValue());
        }
        return dirty;
    }

    // ---- work

    /**
     * What somebody is about to tell the far tier of one key.
     *
     * @param noted what the key was told when the work began
     * @param change how the far tier is told that
     */
    record Work<K, V>(K key, Noted<V> noted, Change<V> change) {}

    /** Begins to work on a key; returns null if there is nothing to do, or somebody else is at work on it. */
    @Nullable
    Work<K, V> begin(K key) {
        Begun<K, V> begun = new Begun<>();
        keys.computeIfPresent(key, (kept, dirty) -> {
            Noted<V> latest = dirty.latest;
            if (latest != null && dirty.work == null) {
                dirty.work = new CompletableFuture<>();
                begun.work = new Work<>(kept, latest, latest.madeUpFor(dirty.base, dirty.since, nanoTime.getAsLong()));
            }
            return dirty;
        });
        return begun.work;
    }

    /** Carries work out of a computation. */
    private static final class Begun<K, V> {
        private @Nullable Work<K, V> work;
    }

    /** Returns what completes when somebody's work on the key has ended, or null if nobody is at work on it. */
    @Nullable
    CompletableFuture<Void> workOn(K key) {
        DirtyKey<V> dirty = keys.get(key);
        return dirty == null ? null : dirty.work;
    }

    /** Tells whether the key has been told nothing else since the work began, and was not cleared. */
    boolean isCurrent(Work<K, V> work) {
        DirtyKey<V> dirty = keys.get(work.key());
        return dirty != null && dirty.latest == work.noted();
    }

    /**
     * Ends a work that has told the far tier.
     *
     * @param left the entry that it has left there, or null if it left none or that is not known
     */
    void done(Work<K, V> work, @Nullable Version left) {
        end(work, dirty -> {
            dirty.base = left;
            return dirty.latest == null || dirty.latest == work.noted() ? vanished(dirty) : dirty;
        });
    }

    /** Ends a work that could not tell the far tier. */
    void undone(Work<K, V> work) {
        end(work, dirty -> dirty.latest == null ? vanished(dirty) : dirty);
    }

    private void end(Work<K, V> work, Function<DirtyKey<V>, @Nullable DirtyKey<V>> end) {
        Ended ended = new Ended();
        keys.computeIfPresent(work.key(), (kept, dirty) -> {
            ended.work = dirty.work;
            dirty.work = null;
            return end.apply(dirty);
        });
        if (ended.work != null) {
            ended.work.complete(null);
        }
    }

    /** Carries the end of a work out of a computation. */
    private static final class Ended {
        private @Nullable CompletableFuture<Void> work;
    }
}
