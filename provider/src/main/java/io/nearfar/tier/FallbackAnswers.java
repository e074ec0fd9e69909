package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.CacheSettings;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.key.Glob;
import io.nearfar.tier.DirtySet.Known;
import io.nearfar.tier.FallbackRows.Asked;
import io.nearfar.tier.FallbackRows.Found;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The application goes on, and the nodes that see the same table agree: what it says of a key is what all of them answer,
 * and the near tier is asked only where it says nothing. Where the table does not do its part this node remembers by
 * itself; what it remembers so it goes on to remember until the far tier was told, for the table has missed it.
 */
final class FallbackAnswers<K, V> implements OutageAnswers<K, V> {
    private final FallbackRows<K, V> rows;
    private final FailOpen<K, V> memory;
    private final DirtySet<K, V> dirty;
    private final Overtaken<K> overtaken;
    private final Function<K, @Nullable Entry<V>> before;
    private final ToIntFunction<K> partitionOf;
    private final long maxStaleMicros;

    /**
     * Creates the answers of one cache.
     *
     * @param memory answers where the table does not
     * @param dirty what this node remembers by itself
     * @param overtaken told of what the table shows to be newer than near entries
     * @param before as in {@link FailOpen}
     * @param partitionOf returns the partition of a key
     */
    FallbackAnswers(
            CacheSettings settings,
            FallbackRows<K, V> rows,
            FailOpen<K, V> memory,
            DirtySet<K, V> dirty,
            Overtaken<K> overtaken,
            Function<K, @Nullable Entry<V>> before,
            ToIntFunction<K> partitionOf) {
        this.rows = rows;
        this.memory = memory;
        this.dirty = dirty;
        this.overtaken = overtaken;
        this.before = before;
        this.partitionOf = partitionOf;
        this.maxStaleMicros = TimeUnit.NANOSECONDS.toMicros(settings.maxStale().toNanos());
    }

    @Override
    public Answer<V> read(K key, Freshness freshness, FarTierUnavailableException why) {
        memory.mustBeAnswered(freshness, why);
        return answer(found(key), key, freshness, why);
    }

    @Override
    public Iterator<Keyed<K, V>> walk(Iterator<Keyed<K, V>> all, Function<Keyed<K, V>, @Nullable Known<V>> otherwise) {
        ToldPages<K, V> pages = new ToldPages<>(all, this::toldOf);
        return new SettledScan<>(pages, pages::told, otherwise);
    }

    /** The first question may itself show that there is something, which changes the marks. */
    private ToldPages.Told<K, V> toldOf(Collection<K> keys) {
        TablePage page = new TablePage(keys);
        return page.stand() ? page : new TablePage(keys);
    }

    /** What the table says of the keys of a page where it may say anything, and this node of each at any time. */
    private final class TablePage implements ToldPages.Told<K, V> {
        private final Map<K, Long> marks = new HashMap<>();
        private final Map<K, Found<V>> found;

        TablePage(Collection<K> keys) {
            keys.forEach(key -> marks.put(key, mark(key)));
            found = foundAll(keys.stream()
                    .filter(key -> mark(key) != FallbackRows.SETTLED)
                    .toList());
        }

        private long mark(K key) {
            return rows.mark(partitionOf.applyAsInt(key));
        }

        boolean stand() {
            return marks.keySet().stream().allMatch(this::stands);
        }

        @Override
        public boolean stands(K key) {
            return Objects.equals(marks.get(key), mark(key));
        }

        @Override
        public @Nullable Known<V> of(K key) {
            Known<V> known = memory.told(key);
            Found<V> there = found.get(key);
            return known != null || there == null || !there.isKnown() ? known : new Known<>(there.entry());
        }
    }

    private Answer<V> answer(@Nullable Found<V> found, K key, Freshness freshness, FarTierUnavailableException why) {
        return found == null || !found.isKnown()
                ? memory.read(key, freshness, why)
                : new Answer<>(found.entry(), Answer.Origin.FALLBACK);
    }

    @Override
    public Map<K, Answer<V>> readAll(Map<K, FarTierUnavailableException> reasons, Freshness freshness) {
        reasons.values().forEach(why -> memory.mustBeAnswered(freshness, why));
        Map<K, Found<V>> found = foundAll(reasons.keySet());
        Map<K, Answer<V>> answers = new HashMap<>();
        reasons.forEach((key, why) -> answers.put(key, answer(found.get(key), key, freshness, why)));
        return answers;
    }

    /** Returns what the table says of those keys of which it is believed and says anything. */
    private Map<K, Found<V>> foundAll(Collection<K> keys) {
        Map<K, Found<V>> found = new HashMap<>();
        List<K> wanted = keys.stream().filter(key -> !isRemembered(key)).toList();
        try {
            new Portions<>(wanted, rows.call()).ask(some -> found.putAll(rows.findAll(partitions(some))));
        } catch (FallbackSilence e) {
            return overtaken(found);
        }
        return overtaken(found);
    }

    private Map<K, Integer> partitions(List<K> keys) {
        Map<K, Integer> partitions = new HashMap<>();
        keys.forEach(key -> partitions.put(key, partitionOf.applyAsInt(key)));
        return partitions;
    }

    private Map<K, Found<V>> overtaken(Map<K, Found<V>> found) {
        found.forEach(overtaken::by);
        return found;
    }

    private boolean isRemembered(K key) {
        return dirty.known(key, partitionOf.applyAsInt(key)) != null;
    }

    /** Returns what the table says, or null if it does not, or this node remembers something else. */
    private @Nullable Found<V> found(K key) {
        int partition = partitionOf.applyAsInt(key);
        if (dirty.known(key, partition) != null) {
            return null;
        }
        try {
            Found<V> found = rows.find(key, partition);
            overtaken.by(key, found);
            return found;
        } catch (FallbackSilence e) {
            return null;
        }
    }

    /** What depends on a version that the table gave, the table decides for all nodes that see it. */
    @Override
    public boolean isAnswered(K key, Change<V> change) {
        return memory.isAnswered(key, change)
                || (change.condition() instanceof Condition.Is is && Provisional.is(is.version()));
    }

    @Override
    public @Nullable Reply<V> change(K key, Change<V> change, FarTierUnavailableException why) {
        if (!isAnswered(key, change)) {
            throw why;
        } else if (change.value() != null) {
            FailOpen.mustBeStorable(change.value());
        }
        if (isRemembered(key)) {
            return memory.change(key, change, why);
        }
        try {
            return stored(asked(key, change, why));
        } catch (FallbackSilence e) {
            rows.notTaken(e);
            return memory.change(key, change, why);
        }
    }

    private Asked<K, V> asked(K key, Change<V> change, @Nullable FarTierUnavailableException why) {
        boolean met = why instanceof UnsettledRowException;
        return new Asked<>(key, partitionOf.applyAsInt(key), change, before.apply(key), met);
    }

    /** What is not stored together goes key by key, and is remembered here when that has taken long enough. */
    @Override
    public Map<K, Reply<V>> changeAll(Map<K, Change<V>> changes, Map<K, FarTierUnavailableException> reasons) {
        changes.values().forEach(change -> FailOpen.mustBeStorable(change.value()));
        CallLimit limit = rows.call();
        Map<K, Reply<V>> replies = storedAll(changes, reasons, limit);
        Map<K, Change<V>> left = new HashMap<>(changes);
        left.keySet().removeAll(replies.keySet());
        left.forEach((key, change) -> {
            FarTierUnavailableException why = reasons.get(key);
            Reply<V> reply = why == null ? null : changeLeft(key, change, why, limit);
            if (reply != null) {
                replies.put(key, reply);
            }
        });
        return replies;
    }

    private @Nullable Reply<V> changeLeft(K key, Change<V> change, FarTierUnavailableException why, CallLimit limit) {
        return mayAsk(change, limit) ? change(key, change, why) : memory.change(key, change, why);
    }

    /** What the table alone can decide it is asked for. */
    private boolean mayAsk(Change<V> change, CallLimit limit) {
        if (!FailOpen.isNotable(change)) {
            return true;
        }
        try {
            limit.mustLast();
            return true;
        } catch (FallbackSilence e) {
            rows.notTaken(e);
            return false;
        }
    }

    private Map<K, Reply<V>> storedAll(
            Map<K, Change<V>> changes, Map<K, FarTierUnavailableException> reasons, CallLimit limit) {
        Map<K, Reply<V>> stored = new HashMap<>();
        Batches<Asked<K, V>> batches = new Batches<>(asked -> weight(asked.change()));
        changes.forEach((key, change) -> {
            if (FailOpen.isNotable(change) && !isRemembered(key)) {
                batches.add(asked(key, change, reasons.get(key)));
            }
        });
        for (List<Asked<K, V>> batch : batches.all()) {
            if (!limit.lasts() || !storeTogether(batch, stored)) {
                break;
            }
        }
        return stored;
    }

    /** Returns whether more may be stored together. */
    private boolean storeTogether(List<Asked<K, V>> batch, Map<K, Reply<V>> stored) {
        try {
            Map<K, Reply<V>> replies = rows.changeAll(batch);
            for (Asked<K, V> asked : batch) {
                Reply<V> reply = replies.get(asked.key());
                if (reply != null) {
                    dirty.leases().voidFor(asked.key());
                    stored.put(asked.key(), memory.told(asked.change(), reply));
                }
            }
            return true;
        } catch (FallbackSilence e) {
            return !e.isTooMuch(); // each is tried for itself, or remembered
        }
    }

    private static long weight(Change<?> change) {
        return change.value() == null ? 0 : change.value().bytes().length;
    }

    /** Returns what came of it in the table, or null if what was met there is settled meanwhile. */
    private @Nullable Reply<V> stored(Asked<K, V> asked) throws FallbackSilence {
        if (asked.change().condition() instanceof Condition.Is is
                && dirty.leases().stands(asked.key(), is.version())) {
            return loaded(asked, is.version());
        }
        Reply<V> reply = rows.change(asked);
        if (reply == null) {
            return null;
        }
        dirty.leases().voidFor(asked.key());
        return memory.told(asked.change(), reply);
    }

    private Reply<V> loaded(Asked<K, V> asked, Version lease) throws FallbackSilence {
        Change<V> anyway = asked.change().when(Condition.ALWAYS);
        long mark = dirty.leases().mark(asked.key(), lease);
        return rows.changeLoaded(asked.key(), asked.partition(), anyway, asked.before(), mark, maxStaleMicros);
    }

    @Override
    public boolean touch(K key, Entry<V> seen, long millis, FarTierUnavailableException why) {
        if (millis == Lifetime.NONE && !Provisional.is(seen.version())) {
            change(key, Change.removal(Condition.ALWAYS, false), why);
            return false;
        }
        Reply<V> touched = touched(key, seen, millis);
        return touched == null ? memory.touch(key, seen, millis, why) : touched.applied();
    }

    /** Returns what came of it in the table, or null if the entry is not of the table. */
    private @Nullable Reply<V> touched(K key, Entry<V> seen, long millis) {
        int partition = partitionOf.applyAsInt(key);
        if (!Provisional.is(seen.version()) || dirty.known(key, partition) != null) {
            return null;
        }
        Change<V> change = Change.write(seen.value(), Condition.is(seen.version()), Lifetime.of(millis), false)
                .with(seen.attributes());
        try {
            return rows.touch(key, partition, change, seen.version());
        } catch (FallbackSilence e) {
            return null;
        }
    }

    /** The right is given among the threads of this node; of two nodes that load, the one that stores first counts. */
    @Override
    public Lease<V> lease(K key, long millis, FarTierUnavailableException why) {
        Found<V> found = found(key);
        if (found == null) {
            return memory.lease(key, millis, why);
        }
        Entry<V> entry = found.entry();
        return entry == null ? dirty.leaseLocally(key, millis, found.mark()) : new Lease.Found<>(entry);
    }

    /** Becomes a clear: the table does not know of tags. */
    @Override
    public void invalidateTags(
            Collection<String> tags, Ending ending, BitSet partitions, FarTierUnavailableException why) {
        clear(partitions, why);
    }

    /** The table knows nothing of patterns. */
    @Override
    public void invalidatePattern(
            Glob pattern, BitSet partitions, Predicate<K> matches, FarTierUnavailableException why) {
        clear(partitions, why);
    }

    /** Is remembered here as well if anything is, for that would hide it. */
    @Override
    public void clear(BitSet partitions, FarTierUnavailableException why) {
        boolean stored = isStored(partitions);
        if (!stored || !dirty.isEmpty()) {
            memory.clear(partitions, why);
        }
        dirty.leases().voidAll();
    }

    private boolean isStored(BitSet partitions) {
        try {
            rows.clear(partitions);
            return true;
        } catch (FallbackSilence e) {
            rows.notTaken(e);
            return false;
        }
    }
}
