package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.Keyspace;
import io.nearfar.tier.Suspicions.Look;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that nothing of the far tier is believed which rows of one cache contradict, whoever wrote them: before a key
 * is asked for, its row is settled; in the background all rows are, and then nobody looks any more. Safe for use by several
 * threads.
 */
final class RowSettler<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(RowSettler.class);

    /** Longer than any settling takes, see {@link RowWork#TELLING_NANOS}: who has claimed a row for so long is gone. */
    static final long CLAIM_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** How long a row of others is left alone while this node has had no outage: its writer is likely to be still in one. */
    static final long LEFT_ALONE_NANOS = TimeUnit.SECONDS.toNanos(25);

    /** How long the table may be away after an outage before this node clears what it had stored there. */
    static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How many rows one call settles, or a few more; a larger one would wait for too long. */
    private static final int MOST_OF_ONE_CALL = Batches.MOST;

    private static final int PAGE = 64;

    private final RowAccess access;
    private final RowAccess patient;
    private final KeyFormat<K> keys;
    private final FarEntries<K, V> far;
    private final DirtySet<K, V> dirty;
    private final RowWork<K, V> work;
    private final LongSupplier nanoTime;
    private final RowAges ages = new RowAges();

    /**
     * Creates the settler of one cache.
     *
     * @param dirty gets a clear in place of what this node had stored and can no longer see
     */
    RowSettler(
            RowAccess access,
            KeyFormat<K> keys,
            FarEntries<K, V> far,
            DirtySet<K, V> dirty,
            RowWork<K, V> work,
            LongSupplier nanoTime) {
        this.access = access;
        this.patient = access.patiently();
        this.keys = keys;
        this.far = far;
        this.dirty = dirty;
        this.work = work;
        this.nanoTime = nanoTime;
    }

    String scope() {
        return access.names().scope();
    }

    // ---- before something is asked of the far tier

    /** Settles the row of a key; returns why the far tier cannot be believed for it, or null if it can. */
    @Nullable
    FarTierUnavailableException settle(K key) {
        return access.suspicions().isSuspect(far.partition(key))
                ? settle(List.of(key)).get(key)
                : null;
    }

    /** Settles the rows of many keys; returns those for which the far tier cannot be believed, and why. */
    Map<K, FarTierUnavailableException> settle(Collection<? extends K> wanted) {
        Map<K, FarTierUnavailableException> left = new HashMap<>();
        Map<String, K> open = new HashMap<>();
        Map<Integer, Look> looks = new HashMap<>();
        for (K key : wanted) {
            int partition = far.partition(key);
            if (access.suspicions().isSuspect(partition)) {
                FarTierUnavailableException silence = far.silence(partition);
                if (silence != null) {
                    left.put(key, silence);
                } else {
                    open.put(access.names().id(keys.text(key).text()), key);
                    looks.computeIfAbsent(partition, access.suspicions()::look);
                }
            }
        }
        if (!open.isEmpty()) {
            settleOpen(open, looks.values(), left);
        }
        return left;
    }

    /** Settles some rows; what is left answers this call, and is settled in the background or by a later one. */
    private void settleOpen(Map<String, K> open, Collection<Look> looks, Map<K, FarTierUnavailableException> left) {
        Portions<String> ids = new Portions<>(open.keySet(), access.call());
        AtomicInteger settled = new AtomicInteger();
        try {
            ids.ask(some -> {
                List<OutageRow> rows = settledElsewhere(some);
                boolean more = settled.getAndAdd(rows.size()) < MOST_OF_ONE_CALL;
                Map<String, FarTierUnavailableException> unsettled = more ? settled(rows) : all(rows);
                rows.forEach(row -> leave(row, unsettled.get(row.id()), open, left));
            });
        } catch (FallbackSilence e) {
            Map<String, K> rest = new HashMap<>(open);
            rest.keySet().retainAll(ids.rest());
            goOnWithout(e, looks, rest.values(), left);
        }
    }

    /** A table that does other things is there, and may say something of these keys. */
    private void goOnWithout(
            FallbackSilence why, Collection<Look> looks, Collection<K> open, Map<K, FarTierUnavailableException> left) {
        if (why.isRefusal()) {
            open.forEach(key -> left.put(key, silent()));
        } else {
            looks.forEach(look -> goOnWithout(look, open, left));
        }
    }

    /** Returns the rows that are left when what this node is just settling is settled; a change is to come after that. */
    private List<OutageRow> settledElsewhere(List<String> ids) throws FallbackSilence {
        List<OutageRow> rows = rows(ids);
        return work.atWork().awaits(rows, access.patienceNanos()) ? rows(ids) : rows;
    }

    /** Returns the rows of these identities, and that of the clears. */
    private List<OutageRow> rows(List<String> ids) throws FallbackSilence {
        List<String> all = new ArrayList<>(ids);
        all.add(access.names().clearId());
        return access.ask(table -> table.find(all));
    }

    /** Rows that cannot be claimed just now say all the same what the far tier does not know. */
    private Map<String, FarTierUnavailableException> settled(List<OutageRow> rows) {
        try {
            return rows.isEmpty() ? Map.of() : work.settle(access, rows, this::isAbandoned);
        } catch (FallbackSilence e) {
            return all(rows);
        }
    }

    private Map<String, FarTierUnavailableException> all(List<OutageRow> rows) {
        Map<String, FarTierUnavailableException> all = new HashMap<>();
        rows.forEach(row -> all.put(row.id(), unfinished()));
        return all;
    }

    private void leave(
            OutageRow row,
            @Nullable FarTierUnavailableException why,
            Map<String, K> open,
            Map<K, FarTierUnavailableException> left) {
        if (why == null) {
            return;
        }
        BitSet cleared = row.isClear() ? FallbackRows.partitions(row) : new BitSet();
        open.forEach((id, key) -> {
            if (id.equals(row.id()) || cleared.get(far.partition(key))) {
                left.put(key, why);
            }
        });
    }

    private boolean isAbandoned(OutageRow row) {
        return ages.age(row, nanoTime.getAsLong()) >= CLAIM_NANOS;
    }

    /**
     * The table is away. What others have left in it cannot be known, and is made up for when it is back. What this node had
     * stored is not believed of the far tier either: for a while this is an outage still, then it becomes a clear.
     */
    private void goOnWithout(Look look, Collection<K> open, Map<K, FarTierUnavailableException> left) {
        if (!look.isOwn()) {
            return;
        } else if (access.link().silentNanos() >= GRACE_NANOS) {
            clear(look);
            return;
        }
        for (K key : open) {
            if (far.partition(key) == look.partition()) {
                left.put(key, silent());
            }
        }
    }

    private void clear(Look look) {
        BitSet partition = new BitSet();
        partition.set(look.partition());
        dirty.noteClear(partition);
        access.suspicions().settledOwn(look);
    }

    private FarTierUnavailableException silent() {
        return new FarTierUnavailableException("Cache " + access.cache()
                + ": the fallback store, which knows of changes made in the outage, does not answer at the moment");
    }

    /**
     * The far tier was cleared in these partitions: what is in the table of before is not said any more, whoever is about to
     * settle it. If the table is away it stays there; as nothing of before is in the far tier, no value of it will be.
     */
    void cleared(BitSet partitions) {
        BitSet suspects = suspects();
        suspects.and(partitions);
        if (suspects.isEmpty()) {
            return;
        }
        try {
            access.forget(suspects);
        } catch (FallbackSilence e) {
            LOG.debug("{}: what the fallback store had before a clear is still there", access.cache(), e);
        }
    }

    /** Returns the partitions of which rows may be there; asks whether there are any at all, where nobody knows yet. */
    BitSet suspectsAfterALook() {
        List<Look> looks = looks(asked());
        try {
            if (!looks.isEmpty() && page(access, RowNames.START).isEmpty()) {
                nothingIsLeft(looks);
            }
        } catch (FallbackSilence e) {
            LOG.debug("{}: what the fallback store has is not known", access.cache(), e);
        }
        return suspects();
    }

    private BitSet suspects() {
        BitSet suspects = new BitSet();
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            suspects.set(partition, access.suspicions().isSuspect(partition));
        }
        return suspects;
    }

    // ---- all rows

    /** Returns the partitions whose servers are asked at the moment; the same for all caches of a manager. */
    BitSet asked() {
        BitSet asked = new BitSet();
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            asked.set(partition, far.silence(partition) == null);
        }
        return asked;
    }

    /** Returns what is to be looked at now: those of the partitions that are suspect. */
    List<Look> looks(BitSet asked) {
        return asked.stream()
                .filter(access.suspicions()::isSuspect)
                .mapToObj(access.suspicions()::look)
                .toList();
    }

    /** Returns how many rows it knows since when; 0 after quiet. */
    int known() {
        return ages.size();
    }

    /** There were no rows when the looks had begun. */
    void nothingIsLeft(List<Look> looks) {
        ages.retain(Set.of());
        work.retain(Set.of());
        looks.forEach(access.suspicions()::settled);
    }

    /** Settles everything, for a caller that waits; returns why something could not be, or was not yet, or null. */
    @Nullable
    FarTierUnavailableException settleAll() {
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            if (access.suspicions().isSuspect(partition)) {
                return settleSuspects(partition);
            }
        }
        return null;
    }

    private @Nullable FarTierUnavailableException settleSuspects(int first) {
        FarTierUnavailableException silence = far.silence(first);
        if (silence != null) {
            return silence;
        }
        try {
            settleRows(looks(asked()), access, access.call()::lasts); // what is left is settled in the background
        } catch (FallbackSilence e) {
            Map<K, FarTierUnavailableException> left = new HashMap<>();
            looks(asked()).forEach(look -> goOnWithout(look, List.of(), left));
            return access.link().silentNanos() >= GRACE_NANOS ? null : silent();
        }
        return access.suspicions().isSuspect(first) ? unfinished() : null;
    }

    private UnsettledRowException unfinished() {
        return new UnsettledRowException("Cache " + access.cache()
                + ": what the fallback store knows of changes made in the outage is still being made up for");
    }

    /**
     * Settles all rows that can be, and ends the looks at those partitions of which nothing is left.
     *
     * @param goesOn asked after some
     */
    void settleRows(List<Look> looks, BooleanSupplier goesOn) throws FallbackSilence {
        settleRows(looks, patient, goesOn);
    }

    private void settleRows(List<Look> looks, RowAccess by, BooleanSupplier goesOn) throws FallbackSilence {
        Set<Integer> suspects = new HashSet<>();
        looks.forEach(look -> suspects.add(look.partition()));
        Set<Integer> left = new HashSet<>();
        Set<String> met = new HashSet<>();
        List<OutageRow> clears =
                by.ask(table -> table.find(List.of(access.names().clearId())));
        clears.forEach(row -> met.add(row.id()));
        settle(clears, by, suspects, left);
        String after = RowNames.START;
        for (List<OutageRow> page = page(by, after); !page.isEmpty(); page = page(by, after)) {
            page.forEach(row -> met.add(row.id()));
            settle(page, by, suspects, left);
            after = page.get(page.size() - 1).id();
            if (!goesOn.getAsBoolean()) {
                return;
            }
        }
        ages.retain(met);
        work.retain(met);
        looks.stream().filter(look -> !left.contains(look.partition())).forEach(access.suspicions()::settled);
    }

    private List<OutageRow> page(RowAccess by, String after) throws FallbackSilence {
        return by.ask(table -> table.page(scope(), after, PAGE));
    }

    private void settle(List<OutageRow> rows, RowAccess by, Set<Integer> suspects, Set<Integer> left)
            throws FallbackSilence {
        List<OutageRow> due = rows.stream().filter(row -> isDue(row, suspects)).toList();
        Set<String> settled = new HashSet<>();
        if (!due.isEmpty()) {
            Map<String, FarTierUnavailableException> unsettled = work.settle(by, due, this::isAbandoned);
            due.stream()
                    .map(OutageRow::id)
                    .filter(id -> !unsettled.containsKey(id))
                    .forEach(settled::add);
        }
        for (OutageRow row : rows) {
            if (!settled.contains(row.id())) {
                partitions(row).stream().forEach(left::add);
            }
        }
    }

    private boolean isDue(OutageRow row, Set<Integer> suspects) {
        BitSet concerned = partitions(row);
        if (concerned.isEmpty()) {
            return true; // no partition of ours: garbage
        }
        return concerned.stream().anyMatch(each -> far.silence(each) == null)
                && (concerned.stream().anyMatch(suspects::contains)
                        || ages.age(row, nanoTime.getAsLong()) >= LEFT_ALONE_NANOS);
    }

    private static BitSet partitions(OutageRow row) {
        if (row.isClear()) {
            return FallbackRows.partitions(row);
        }
        BitSet partition = new BitSet();
        if (row.partition() >= 0 && row.partition() < Keyspace.PARTITIONS) {
            partition.set(row.partition());
        }
        return partition;
    }
}
