package io.nearfar.tier;

import io.nearfar.config.Compression;
import io.nearfar.entry.Change;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Reply;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.Value;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.Version;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import io.nearfar.key.Keyspace;
import io.nearfar.tier.LocalChange.Decided;
import io.nearfar.tier.OutageTable.Writing;
import io.nearfar.tier.Suspicions.Storing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * How entries live in a table
 * ===========================
 * A key that was told something has a row: the entry or the removal, and the far entry that some node knew before. A change
 * reads the row, is decided over it, and is made if the row's number still is the one that was read; else it is decided
 * again. So changes of a key are totally ordered over all nodes that see the table, also those that come late.
 *
 * One row more for each cache names the partitions that are to be cleared. It is noted first, then the rows of their keys
 * are deleted, some at a time: a row that is there when a clear has returned was written after it. One that stays there
 * since the database failed is none the less settled after the clear, and removed, for its base is gone then.
 *
 * Any base that a node knew before it changed the row is as good as another: if the far entry still is that one, it was
 * there before the row got its content.
 *
 * A node that was cut off alone may have left a row over which others have changed the far entry since. Whoever knows of a
 * later entry than the row's base, of a clear, or of an invalidation of one of the entry's tags, makes the row a removal
 * with that base: nobody can tell which came later, and what is told the key from then on came after both.
 */

/** The entries of one cache in the table of the fallback store, while the far tier does not answer. */
final class FallbackRows<K, V> {
    /** No mark of a partition. */
    static final long SETTLED = Long.MIN_VALUE;

    private static final int ATTEMPTS = 100;

    private final RowAccess access;
    private final RowNames names;
    private final Overtaken<K> overtaken;
    private final KeyFormat<K> keys;
    private final ValueFormat<V> values;
    private final ServerClock clock;

    /**
     * Creates those of one cache.
     *
     * @param overtaken knows what the far tier has had since
     * @param clock decides expirations
     */
    FallbackRows(
            RowAccess access, Overtaken<K> overtaken, KeyFormat<K> keys, ValueFormat<V> values, ServerClock clock) {
        this.access = access;
        this.names = access.names();
        this.overtaken = overtaken;
        this.keys = keys;
        this.values = values;
        this.clock = clock;
    }

    /**
     * What the table says of a key.
     *
     * @param row the key's row, or null
     * @param content what is in it; null if there is none, or it is garbage
     * @param entry the live entry, or null
     * @param clear the number of a clear of the partition, or {@link OutageRow#NONE}
     */
    record Found<V>(
            @Nullable OutageRow row,
            @Nullable RowContent content,
            @Nullable Entry<V> entry,
            long clear) {
        /** Tells whether the table knows anything of the key, be it that there is no entry. */
        boolean isKnown() {
            return row != null || clear != OutageRow.NONE;
        }

        /** Returns a number that changes with everything that a node tells the key. */
        long mark() {
            return (row == null ? OutageRow.NONE : row.number()) * 31 + clear;
        }
    }

    /** Tells whether the table may say anything of the keys of a partition. */
    boolean mayKnow(int partition) {
        return access.suspicions().isSuspect(partition);
    }

    /**
     * Returns {@link #SETTLED} if the table says nothing of the keys of a partition, else a number that changes with
     * everything that this node stores there.
     */
    long mark(int partition) {
        return mayKnow(partition) ? access.suspicions().look(partition).mark() : SETTLED;
    }

    /** A call begins that may have many questions. */
    CallLimit call() {
        return access.call();
    }

    /** Returns what the table says of a key. */
    Found<V> find(K key, int partition) throws FallbackSilence {
        String id = id(key);
        Found<V> found = access.askLittle(table -> find(table, id, key, partition));
        suspect(found, partition);
        return found;
    }

    /** Returns what the table says of keys; {@code partitions} holds each with its partition. */
    Map<K, Found<V>> findAll(Map<K, Integer> partitions) throws FallbackSilence {
        Map<String, Place<K>> places = new HashMap<>();
        partitions.forEach((key, partition) -> places.put(id(key), new Place<>(key, partition)));
        Map<String, Found<V>> found = access.ask(table -> find(table, places));
        Map<K, Found<V>> all = new HashMap<>();
        places.forEach((id, place) -> {
            Found<V> each = found.get(id);
            if (each != null) {
                all.put(place.key(), each);
                suspect(each, place.partition());
            }
        });
        return all;
    }

    private String id(K key) {
        return names.id(keys.text(key).text());
    }

    private void suspect(Found<V> found, int partition) {
        if (found.isKnown()) {
            access.suspicions().shown(partition);
        }
    }

    /** A key and its partition. */
    private record Place<K>(K key, int partition) {}

    private Found<V> find(OutageTable table, String id, K key, int partition) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Found<V> found = found(rows(table, List.of(id)), id, partition);
            Version later = later(found, key, partition);
            Found<V> believed = later == null ? found : removed(table, found, later);
            if (believed != null) {
                return believed;
            }
        }
        throw changedByOthers();
    }

    private @Nullable Version later(Found<V> found, K key, int partition) {
        RowContent content = found.content();
        return content == null ? null : overtaken.laterThanBase(content, key, partition);
    }

    private static OutageTableException changedByOthers() {
        return new OutageTableException("the row of one key was changed by others " + ATTEMPTS + " times in a row");
    }

    /** Makes a row that others have overtaken a removal; returns null if it was changed meanwhile. */
    private static <V> @Nullable Found<V> removed(OutageTable table, Found<V> found, Version later) {
        OutageRow row = found.row();
        RowContent content = found.content();
        if (row == null || content == null) {
            return found;
        }
        RowContent removal = new RowContent(content.key(), later, null);
        OutageRow next = row.holding(removal.bytes());
        return table.update(next, row.number()) ? new Found<>(next, removal, null, found.clear()) : null;
    }

    private Map<String, Found<V>> find(OutageTable table, Map<String, Place<K>> places) {
        Map<String, OutageRow> rows = rows(table, places.keySet());
        Map<String, Found<V>> all = new HashMap<>();
        places.forEach((id, place) -> {
            Found<V> found = found(rows, id, place.partition());
            boolean believed = later(found, place.key(), place.partition()) == null;
            all.put(id, believed ? found : find(table, id, place.key(), place.partition()));
        });
        return all;
    }

    /** Returns the rows of these identities, and that of the clears. */
    private Map<String, OutageRow> rows(OutageTable table, Collection<String> ids) {
        List<String> all = new ArrayList<>(ids);
        all.add(names.clearId());
        Map<String, OutageRow> rows = new HashMap<>();
        table.find(all).forEach(row -> rows.put(row.id(), row));
        return rows;
    }

    private Found<V> found(Map<String, OutageRow> rows, String id, int partition) {
        OutageRow row = rows.get(id);
        OutageRow clear = rows.get(names.clearId());
        RowContent content = row == null ? null : RowContent.read(row.content());
        return new Found<>(
                row,
                content,
                content == null ? null : live(content),
                clear != null && partitions(clear).get(partition) ? clear.number() : OutageRow.NONE);
    }

    private @Nullable Entry<V> live(RowContent content) {
        Envelope envelope = content.entry();
        if (envelope == null || envelope.expires() <= clock.micros()) {
            return null;
        }
        Value<V> value = values.decode(envelope.value());
        return value == null
                ? null
                : Entry.of(value, envelope.version(), envelope.created(), envelope.expires(), envelope.attributes());
    }

    /** Returns the partitions that a row says are to be cleared; whatever it holds, they are partitions. */
    static BitSet partitions(OutageRow clear) {
        BitSet partitions = BitSet.valueOf(clear.content());
        partitions.clear(Keyspace.PARTITIONS, Math.max(partitions.length(), Keyspace.PARTITIONS));
        return partitions;
    }

    /**
     * A change of a key.
     *
     * @param before the entry that the near tier had, or null
     * @param met whether the table said something of the key that was not settled
     */
    record Asked<K, V>(
            K key,
            int partition,
            Change<V> change,
            @Nullable Entry<V> before,
            boolean met) {}

    /**
     * Decides a change over what the table says of a key, and stores what comes of it; returns null if what was met is
     * settled meanwhile.
     */
    @Nullable
    Reply<V> change(Asked<K, V> asked) throws FallbackSilence {
        return store(wanted(asked)).orElse(null);
    }

    /**
     * Decides many changes, each over what the table says of its key, and stores what comes of them, all or none; leaves
     * out those for which what was met is settled meanwhile.
     */
    Map<K, Reply<V>> changeAll(Collection<Asked<K, V>> all) throws FallbackSilence {
        Map<String, Wanted<K, V>> wanted =
                new TreeMap<>(); // by identity: two that store the same keys wait in one order
        all.forEach(each -> wanted.put(id(each.key()), wanted(each)));
        List<Integer> partitions = all.stream().map(Asked::partition).distinct().toList();
        Map<String, Reply<V>> replies = storing(partitions, table -> storeAll(table, wanted));
        Map<K, Reply<V>> byKey = new HashMap<>();
        all.forEach(each -> {
            Reply<V> reply = replies.get(id(each.key()));
            if (reply != null) {
                byKey.put(each.key(), reply);
            }
        });
        return byKey;
    }

    private Wanted<K, V> wanted(Asked<K, V> asked) {
        LocalChange<V> local = local(asked.change(), Provisional.next());
        return new Wanted<>(asked.key(), asked.partition(), local, asked.before(), asked.met(), null, Entry.NEVER);
    }

    private Map<String, Reply<V>> storeAll(OutageTable table, Map<String, Wanted<K, V>> wanted) {
        Map<String, Reply<V>> replies = new HashMap<>();
        Map<String, Wanted<K, V>> open = new TreeMap<>(wanted);
        for (int attempt = 0; attempt < ATTEMPTS && !open.isEmpty(); attempt++) {
            replies.putAll(storeOnce(table, open));
            open.keySet().removeAll(replies.keySet());
        }
        if (!open.isEmpty()) {
            throw new OutageRefusalException("rows were changed by others " + ATTEMPTS + " times in a row");
        }
        return replies;
    }

    /** Returns what came of those that were decided over what the table still says; takes out those that are settled. */
    private Map<String, Reply<V>> storeOnce(OutageTable table, Map<String, Wanted<K, V>> open) {
        Map<String, Place<K>> places = new HashMap<>();
        open.forEach((id, wanted) -> places.put(id, new Place<>(wanted.key(), wanted.partition())));
        Map<String, Found<V>> found = find(table, places);
        open.entrySet().removeIf(each -> each.getValue().isSettled(found.getOrDefault(each.getKey(), nothing())));
        Map<String, Reply<V>> replies = new HashMap<>();
        List<Writing> writings = new ArrayList<>();
        open.forEach((id, wanted) -> {
            Found<V> there = found.getOrDefault(id, nothing());
            Decided<V> decided = wanted.local().over(there.isKnown() ? there.entry() : wanted.before());
            replies.put(id, decided.reply());
            if (decided.noted() != null) {
                writings.add(writing(wanted, there, decided.noted()));
            }
        });
        Set<String> stored = writings.isEmpty() ? Set.of() : table.storeAll(writings);
        writings.stream()
                .map(writing -> writing.row().id())
                .filter(id -> !stored.contains(id))
                .forEach(replies::remove);
        return replies;
    }

    private static <V> Found<V> nothing() {
        return new Found<>(null, null, null, OutageRow.NONE);
    }

    /**
     * Stores what a load has brought, if the table still says of the key what it said when the load began.
     *
     * @param mark what it said then
     * @param lasts how long it is answered with at most, in microseconds
     */
    Reply<V> changeLoaded(K key, int partition, Change<V> change, @Nullable Entry<V> before, long mark, long lasts)
            throws FallbackSilence {
        LocalChange<V> local = local(change, Provisional.next());
        return store(new Wanted<>(key, partition, local, before, false, mark, local.micros() + lasts))
                .orElseThrow();
    }

    /** Gives an entry of the table another lifetime, if the key still holds it. */
    Reply<V> touch(K key, int partition, Change<V> change, Version seen) throws FallbackSilence {
        return store(new Wanted<>(key, partition, local(change, seen), null, false, null, Entry.NEVER))
                .orElseThrow();
    }

    private LocalChange<V> local(Change<V> change, Version version) {
        long nanos = System.nanoTime();
        return new LocalChange<>(change, version, 0, clock.microsAt(nanos), nanos);
    }

    /**
     * A change that is to be stored.
     *
     * @param before the entry that the near tier had, or null; it counts if the table says nothing of the key
     * @param met as in {@link Asked}
     * @param mark what the table must say of the key, or null if that may be anything
     * @param ends when the new entry ends at the latest
     */
    private record Wanted<K, V>(
            K key,
            int partition,
            LocalChange<V> local,
            @Nullable Entry<V> before,
            boolean met,
            @Nullable Long mark,
            long ends) {
        /** What is stored now would not be over what the settling has left, and it would be removed for that. */
        boolean isSettled(Found<V> found) {
            return met && !found.isKnown();
        }
    }

    private Optional<Reply<V>> store(Wanted<K, V> wanted) throws FallbackSilence {
        return storing(List.of(wanted.partition()), table -> store(table, wanted));
    }

    /** Whoever gets no answer remembers by itself, and needs not fear to lose what may be stored. */
    private <T> T storing(Collection<Integer> partitions, Function<OutageTable, T> job) throws FallbackSilence {
        List<Storing> all = partitions.stream().map(access.suspicions()::stores).toList();
        try {
            T done = all.size() == 1 ? access.askLittle(job) : access.ask(job);
            all.forEach(access.suspicions()::stored);
            return done;
        } catch (FallbackSilence e) {
            all.forEach(access.suspicions()::notStored);
            throw e;
        }
    }

    private Optional<Reply<V>> store(OutageTable table, Wanted<K, V> wanted) {
        String id = id(wanted.key());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Found<V> found = find(table, id, wanted.key(), wanted.partition());
            Entry<V> known = found.isKnown() ? found.entry() : wanted.before();
            if (wanted.isSettled(found)) {
                return Optional.empty();
            } else if (wanted.mark() != null && wanted.mark() != found.mark()) {
                return Optional.of(new Reply<>(false, known != null, null, null, null));
            }
            Decided<V> decided = wanted.local().over(known);
            if (decided.noted() == null || isStored(table, writing(wanted, found, decided.noted()))) {
                return Optional.of(decided.reply());
            }
        }
        throw changedByOthers();
    }

    private boolean isStored(OutageTable table, Writing writing) {
        return writing.number() == OutageRow.NONE
                ? table.insert(writing.row())
                : table.update(writing.row(), writing.number());
    }

    private Writing writing(Wanted<K, V> wanted, Found<V> found, Noted<V> noted) {
        KeyText text = keys.text(wanted.key());
        byte[] content = content(wanted, found, noted, text).bytes();
        OutageRow row = found.row();
        return row == null
                ? new Writing(names.first(text.text(), wanted.partition(), content), OutageRow.NONE)
                : new Writing(row.holding(content), row.number());
    }

    /** An entry that is given another lifetime ends as it was to end, and is as old as it was for invalidations of tags. */
    private RowContent content(Wanted<K, V> wanted, Found<V> found, Noted<V> noted, KeyText text) {
        Version base = base(wanted, found);
        RowContent before = found.content();
        if (before == null || !isSame(found, noted)) {
            return new RowContent(text, base, envelope(noted.entry(), wanted.ends()), wanted.ends());
        }
        return new RowContent(text, base, envelope(noted.entry(), before.ends()), before.ends(), before.since());
    }

    private static boolean isSame(Found<?> found, Noted<?> noted) {
        Entry<?> before = found.entry();
        Entry<?> now = noted.entry();
        return before != null && now != null && before.version().equals(now.version());
    }

    private static @Nullable Envelope envelope(@Nullable Entry<?> entry, long ends) {
        return entry == null
                ? null
                : new Envelope(
                        false,
                        entry.version(),
                        entry.created(),
                        Math.min(entry.expires(), ends),
                        null,
                        Compression.NONE,
                        entry.value().bytes(),
                        entry.attributes());
    }

    private @Nullable Version base(Wanted<K, V> wanted, Found<V> found) {
        Version own = wanted.before() == null || found.clear() != OutageRow.NONE
                ? null
                : wanted.before().version();
        Version others = found.content() == null ? null : found.content().base();
        return own == null || (others != null && others.isAfter(own)) ? others : own;
    }

    /** What could not be stored this node remembers by itself. */
    void notTaken(FallbackSilence why) {
        access.link().notTaken(why);
    }

    /** Stores that partitions are to be cleared; what their keys were told before is gone. */
    void clear(BitSet partitions) throws FallbackSilence {
        storing(partitions.stream().boxed().toList(), table -> noteClear(table, partitions));
        access.forget(partitions);
    }

    private boolean noteClear(OutageTable table, BitSet partitions) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<OutageRow> found = table.find(List.of(names.clearId()));
            BitSet all = (BitSet) partitions.clone();
            found.forEach(row -> all.or(partitions(row)));
            OutageRow next = found.isEmpty()
                    ? names.firstClear(all.toByteArray())
                    : found.get(0).with(all.toByteArray());
            if (table.clear(
                    next, found.isEmpty() ? OutageRow.NONE : found.get(0).number())) {
                return true;
            }
        }
        throw new OutageTableException(
                "the clears of one cache were changed by others " + ATTEMPTS + " times in a row");
    }
}
