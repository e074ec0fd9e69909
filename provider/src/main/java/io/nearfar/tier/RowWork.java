package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.Version;
import io.nearfar.far.FarEntries;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.Keyspace;
import io.nearfar.key.StoredName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/*
 * How rows are settled
 * ====================
 * Whoever settles a row first claims it: of several nodes that return at once, one tells the far tier, and the others take
 * the row for what is true meanwhile. Then the far tier is told, while no connection to the database is held; then the row
 * is deleted, if nobody has changed it. If the far tier could not be told after all, the claim is given back, for others
 * may reach it. A claim whose maker has died is taken over by who has met it for 20 seconds, whatever the row was told
 * meanwhile; whoever is still at it gives up after half of that, counted from before the claim was made. What is told twice
 * so is safe: a value that was written already is another entry than the one known before, and its key is removed.
 *
 * A row that is changed while somebody settles it stays his: the far tier is just being told what it held before, and a third
 * who told it what it holds now would be taken for somebody who came in between, and what he wrote would be removed. When the far
 * tier was told, the row learns what that has left there, and is given back.
 *
 * A row whose key cannot be read here becomes a clear of its partition. One without content was cleared in the far tier
 * while somebody was settling it: there is nothing to tell.
 */

/** Tells the far tier what rows of one cache say, and deletes them. Safe for use by several threads. */
final class RowWork<K, V> {
    private static final long MICROS_PER_MILLI = 1_000;

    /** No call of the far tier is begun later after a claim: it ends well before anybody takes the claim over. */
    static final long TELLING_NANOS = RowSettler.CLAIM_NANOS / 2;

    /** No more is claimed so long after the first. */
    private static final long CLAIMING_NANOS = TELLING_NANOS / 2;

    private final String me = UUID.randomUUID() + ":";
    private final AtomicLong claims = new AtomicLong();
    private final UnderWork atWork = new UnderWork();
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final String cache;
    private final KeyFormat<K> keys;
    private final FarEntries<K, V> far;
    private final MakingUp<K, V> makingUp;
    private final ServerClock clock;
    private final SettlingCounts counts;
    private final LongSupplier nanoTime;

    /**
     * Creates that of one cache.
     *
     * @param counts where the work is counted
     * @param nanoTime by which it is told how old a claim is
     */
    RowWork(
            String cache,
            KeyFormat<K> keys,
            FarEntries<K, V> far,
            ServerClock clock,
            SettlingCounts counts,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.cache = StoredName.told(cache);
        this.keys = keys;
        this.far = far;
        this.makingUp = new MakingUp<>(cache, far);
        this.clock = clock;
        this.counts = counts;
    }

    /**
     * A row of which the far tier was told.
     *
     * @param number of the row then
     * @param claim under which it was settled
     * @param left the entry that this has left in the far tier, or null if it left none
     */
    private record Told(
            long number, @Nullable String claim, @Nullable Version left) {
        boolean isOf(OutageRow row) {
            return number == row.number();
        }
    }

    /** Returns what this node is just settling. */
    UnderWork atWork() {
        return atWork;
    }

    /**
     * Settles rows.
     *
     * @param access how the table is asked, patiently or not
     * @param isAbandoned whether a row that somebody else has claimed may be taken over
     * @return those that are not settled, by their identity, and why
     * @throws FallbackSilence if the table does not do its part before the far tier is told
     */
    Map<String, FarTierUnavailableException> settle(
            RowAccess access, Collection<OutageRow> rows, Predicate<OutageRow> isAbandoned) throws FallbackSilence {
        List<OutageRow> begun = atWork.begin(rows);
        long since = nanoTime.getAsLong(); // before anybody can meet a claim
        try {
            List<OutageRow> mine = begun.isEmpty()
                    ? List.of()
                    : access.ask(begun.size(), table -> claimed(table, begun, isAbandoned, since));
            Map<String, FarTierUnavailableException> left = ofOthers(rows, mine);
            settleMine(access, mine, left, since);
            return left;
        } finally {
            atWork.end(begun);
        }
    }

    private Map<String, FarTierUnavailableException> ofOthers(Collection<OutageRow> rows, List<OutageRow> mine) {
        Set<String> ids = mine.stream().map(OutageRow::id).collect(Collectors.toSet());
        Map<String, FarTierUnavailableException> others = new HashMap<>();
        rows.stream().filter(row -> !ids.contains(row.id())).forEach(row -> others.put(row.id(), busy()));
        return others;
    }

    private UnsettledRowException busy() {
        return new UnsettledRowException(
                "Cache " + cache
                        + ": a change made in the outage is just being made up for by somebody else; the fallback store has it");
    }

    private List<OutageRow> claimed(
            OutageTable table, List<OutageRow> rows, Predicate<OutageRow> isAbandoned, long since) {
        List<OutageRow> mine = new ArrayList<>();
        for (OutageRow row : rows) {
            OutageRow claimed = row.claimedBy(me + claims.incrementAndGet());
            Told last = told.get(row.id());
            if (last != null && last.isOf(row)) {
                mine.add(row);
            } else if (last != null && row.settler() != null && row.settler().equals(last.claim())) {
                GivingBack.of(table, row, last.left()); // changed since: settled by the next look, over what was left
                told.remove(row.id(), last);
            } else if (isWithin(CLAIMING_NANOS, since)
                    && isFree(row, isAbandoned)
                    && table.claim(claimed, row.number())) {
                mine.add(claimed);
            }
        }
        return mine;
    }

    private boolean isWithin(long nanos, long since) {
        return nanoTime.getAsLong() - since < nanos;
    }

    /** What was claimed here is claimed again: whoever has read that row long ago must not settle it a second time. */
    private boolean isFree(OutageRow row, Predicate<OutageRow> isAbandoned) {
        return row.settler() == null || row.settler().startsWith(me) || isAbandoned.test(row);
    }

    /** What the far tier is to be told, sorted by how. */
    private record Sorted<K, V>(
            Map<K, Change<V>> changes,
            Map<K, OutageRow> rowsOfKeys,
            List<OutageRow> unreadable,
            List<OutageRow> clears) {}

    /** Whatever comes of it, no claim is kept. */
    private void settleMine(
            RowAccess access, List<OutageRow> mine, Map<String, FarTierUnavailableException> left, long since) {
        List<OutageRow> rest = new ArrayList<>();
        try {
            rest.addAll(tell(mine, left, since));
        } finally {
            changedMeanwhile(access, mine, rest).forEach(id -> left.putIfAbsent(id, busy()));
        }
    }

    /** Tells the far tier; returns the clears of which something is left. */
    private List<OutageRow> tell(List<OutageRow> mine, Map<String, FarTierUnavailableException> left, long since) {
        Sorted<K, V> sorted = sorted(mine.stream().filter(row -> !isTold(row)).toList());
        List<OutageRow> cleared = new ArrayList<>();
        inTime(sorted.clears(), left, since)
                .forEach(row -> cleared.add(cleared(row, FallbackRows.partitions(row), left)));
        inTime(sorted.unreadable(), left, since).forEach(row -> cleared(row, partition(row), left));
        Map<String, Version> written = tell(sorted, left, since);
        mine.stream()
                .filter(row -> !left.containsKey(row.id()) && !isTold(row))
                .forEach(row -> told.put(row.id(), new Told(row.number(), row.settler(), written.get(row.id()))));
        return cleared.stream().filter(row -> row.content().length > 0).toList();
    }

    private List<OutageRow> inTime(List<OutageRow> rows, Map<String, FarTierUnavailableException> left, long since) {
        if (isWithin(TELLING_NANOS, since)) {
            return rows;
        }
        rows.forEach(row -> left.put(row.id(), late()));
        return List.of();
    }

    private UnsettledRowException late() {
        return new UnsettledRowException("Cache " + cache
                + ": the fallback store took too long to make up for a change made in the outage; it is tried again");
    }

    private boolean isTold(OutageRow row) {
        Told last = told.get(row.id());
        return last != null && last.isOf(row);
    }

    private Sorted<K, V> sorted(List<OutageRow> rows) {
        Sorted<K, V> sorted = new Sorted<>(new HashMap<>(), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        for (OutageRow row : rows) {
            if (RowContent.isForgotten(row.content())) {
                continue;
            }
            RowContent content = row.isClear() ? null : RowContent.read(row.content());
            K key = content == null ? null : keys.key(content.key());
            if (row.isClear()) {
                sorted.clears().add(row);
            } else if (content == null || key == null) {
                sorted.unreadable().add(row);
            } else {
                sorted.changes().put(key, change(content));
                sorted.rowsOfKeys().put(key, row);
            }
        }
        return sorted;
    }

    /** Like {@link Noted#madeUpFor}; the value is passed on as it is. */
    private Change<V> change(RowContent content) {
        Envelope entry = content.entry();
        long now = clock.micros();
        if (entry == null || content.base() == null || entry.expires() <= now) {
            return Change.removal(Condition.ALWAYS, false);
        }
        long rest = entry.expires() == Entry.NEVER
                ? Lifetime.ETERNAL
                : Math.max(1, (entry.expires() - now) / MICROS_PER_MILLI);
        return Change.write(new OpaqueValue<V>(entry.value()), Condition.is(content.base()), Lifetime.of(rest), false)
                .with(entry.attributes())
                .since(content.since());
    }

    private static BitSet partition(OutageRow row) {
        BitSet partition = new BitSet();
        if (row.partition() >= 0 && row.partition() < Keyspace.PARTITIONS) {
            partition.set(row.partition());
        }
        return partition;
    }

    /** Clears what can be; returns the row with what is left of it, of which the reason is in {@code left}. */
    private OutageRow cleared(OutageRow row, BitSet partitions, Map<String, FarTierUnavailableException> left) {
        BitSet rest = new BitSet();
        far.clear(partitions, (partition, why) -> {
            rest.set(partition);
            left.put(row.id(), why);
        });
        counts.cleared(partitions.cardinality() - rest.cardinality());
        return row.with(rest.toByteArray());
    }

    /** Tells the far tier of single keys; returns which entries that has left there, by the identities of the rows. */
    private Map<String, Version> tell(Sorted<K, V> sorted, Map<String, FarTierUnavailableException> left, long since) {
        Map<String, Version> written = new HashMap<>();
        if (inTime(List.copyOf(sorted.rowsOfKeys().values()), left, since).isEmpty()) {
            return written;
        }
        Map<K, FarTierUnavailableException> failures = new HashMap<>();
        Set<K> late = new HashSet<>();
        Map<K, Reply<V>> replies =
                makingUp.tell(sorted.changes(), key -> isWithin(TELLING_NANOS, since) || !late.add(key), failures);
        late.forEach(key -> failures.put(key, late()));
        sorted.rowsOfKeys().forEach((key, row) -> {
            Reply<V> reply = replies.get(key);
            FarTierUnavailableException why = failures.get(key);
            if (why != null || reply == null) {
                left.put(row.id(), why == null ? busy() : why);
            } else {
                counts.settled(reply.applied() && reply.now() != null);
                if (reply.now() != null && reply.version() != null) {
                    written.put(row.id(), reply.version());
                }
            }
        });
        return written;
    }

    /**
     * Deletes what was told, now or later: a table that does not do its part just now is told again by the next look. What
     * was not told is given back. Returns the rows of which there is more to tell: they were changed meanwhile.
     */
    private Set<String> changedMeanwhile(RowAccess access, List<OutageRow> mine, List<OutageRow> rest) {
        List<OutageRow> done = mine.stream().filter(this::isTold).toList();
        if (mine.isEmpty()) {
            return Set.of();
        }
        Set<String> ended = new HashSet<>();
        done.forEach(row -> ended.add(row.id()));
        rest.forEach(row -> ended.add(row.id()));
        List<OutageRow> back =
                mine.stream().filter(row -> !ended.contains(row.id())).toList();
        try {
            Set<String> changed = access.ask(mine.size(), table -> ended(table, done, rest, back));
            done.forEach(row -> told.remove(row.id()));
            return changed;
        } catch (FallbackSilence e) {
            return Set.of(); // known to be told
        }
    }

    private Set<String> ended(OutageTable table, List<OutageRow> done, List<OutageRow> rest, List<OutageRow> back) {
        Set<String> changed = new HashSet<>();
        done.stream().filter(row -> !isGone(table, row)).forEach(row -> changed.add(row.id()));
        rest.forEach(row -> table.update(row, row.number() - 1));
        back.forEach(row -> GivingBack.of(table, row, null));
        return changed;
    }

    private boolean isGone(OutageTable table, OutageRow row) {
        Told last = told.get(row.id());
        return table.delete(row.id(), row.number()) || GivingBack.of(table, row, last == null ? null : last.left());
    }

    /** These are all the rows that there are. */
    void retain(Set<String> ids) {
        told.keySet().retainAll(ids);
    }
}
