package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.FailSafeSettings;
import io.nearfar.entry.Change;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Extension;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lease;
import io.nearfar.entry.RefreshLeases;
import io.nearfar.entry.RemoteChanges;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.far.ManyChanges.Item;
import io.nearfar.far.Reads.Wanted;
import io.nearfar.key.Glob;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.Keyspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache in the far tier. It counts nothing: {@link #lookup} equals a {@link #read} of the authority,
 * and whoever stands between it and the callers counts.
 */
final class FarStore<K, V> implements FarEntries<K, V> {
    /** A destruction waits so long for its sweep; what is left goes in the background. */
    private static final long UNTOUCHED = 0;

    private static final long ENDED_BY_TOUCH = 2;

    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Calls calls;
    private final Names names;
    private final Sweeper sweeper;
    private final KeyFormat<K> keys;
    private final EntryLook look;
    private final Reads<V> reads;
    private final Wording<V> wording;
    private final SingleChange<V> single;
    private final HeardChanges<K, V> remote;
    private final Loads<V> loads;
    private final Telling telling;
    private final Endings<K, V> endings;
    private final AtomicBoolean tagsRefused = new AtomicBoolean();
    private final long windowMicros;

    FarStore(
            Calls calls,
            Names names,
            Sweeper sweeper,
            KeyFormat<K> keys,
            EntryReader<V> reader,
            FailSafeSettings failSafe,
            Audience audience) {
        this.calls = calls;
        this.names = names;
        this.sweeper = sweeper;
        this.keys = keys;
        this.look = new EntryLook(calls, reader, reader.longest());
        Caution caution = new Caution();
        this.telling = audience.of(names.cache());
        this.endings = new Endings<>(calls, names, keys, reader, telling);
        this.reads = new Reads<>(calls, names, reader, caution, endings);
        this.wording = new Wording<>(reader, reader.compression(), caution, failSafe.graceMillis());
        Withheld withheld = new Withheld(new Pieces(calls, reader.longest()), caution);
        this.windowMicros = TimeUnit.MILLISECONDS.toMicros(failSafe.revalidationMillis());
        this.single = new SingleChange<>(calls, wording, caution, withheld, windowMicros, telling, endings);
        this.loads = new Loads<>(calls, reader, withheld, telling, endings);
        this.remote = new HeardChanges<>(
                audience,
                names.cache(),
                keys,
                reader,
                endings,
                key -> reads.read(Spot.of(names, key)),
                key -> calls.latestKnown(Spot.of(names, key).partition()));
    }

    private FarStore(FarStore<K, V> heard) {
        this.calls = heard.calls;
        this.names = heard.names;
        this.sweeper = heard.sweeper;
        this.keys = heard.keys;
        this.look = heard.look;
        this.reads = heard.reads;
        this.wording = heard.wording;
        this.single = heard.single.unheard();
        this.loads = heard.loads;
        this.remote = heard.remote;
        this.telling = Telling.NOBODY;
        this.endings = heard.endings;
        this.windowMicros = heard.windowMicros;
    }

    @Override
    public FarEntries<K, V> unheard() {
        return new FarStore<>(this);
    }

    @Override
    public RemoteChanges<K, V> remoteChanges(BiConsumer<String, Version> outdated) {
        return remote.after(outdated);
    }

    private Spot spot(K key) {
        return Spot.of(names, keys.text(key));
    }

    @Override
    public boolean exists() {
        AtomicBoolean found = new AtomicBoolean();
        FirstFailure failure = new FirstFailure();
        new Survey<Integer>(
                        partition -> calls.read(partition, Session.STRLEN, names.meta(partition)),
                        (partition, reply) -> found.compareAndSet(false, Numbers.of(reply, 0) > 0),
                        failure::tell)
                .ask(IntStream.range(0, Keyspace.PARTITIONS).boxed().toList());
        failure.throwIfAny();
        return found.get();
    }

    @Override
    public EntryView look(K key) {
        return look.at(spot(key));
    }

    @Override
    public int partition(K key) {
        return names.partition(keys.text(key).text());
    }

    @Override
    public @Nullable FarTierUnavailableException silence(int partition) {
        return calls.silence(partition);
    }

    @Override
    public long troubles(int partition) {
        return calls.troubles(partition);
    }

    @Override
    public @Nullable Entry<V> lookup(K key) {
        return reads.read(spot(key));
    }

    @Override
    public Map<K, Entry<V>> lookupAll(Collection<? extends K> wanted) {
        return readAll(wanted, Freshness.AUTHORITY);
    }

    @Override
    public @Nullable Entry<V> read(K key, Freshness freshness) {
        return reads.read(spot(key));
    }

    @Override
    public CompletableFuture<@Nullable Entry<V>> read(K key, Awaiting awaiting) {
        return reads.read(spot(key), awaiting);
    }

    @Override
    public Map<K, Entry<V>> readAll(Collection<? extends K> all, Freshness freshness) {
        FirstFailure failure = new FirstFailure();
        Map<K, Entry<V>> found = readAll(all, failure);
        failure.throwIfAny();
        return found;
    }

    @Override
    public Map<K, Entry<V>> readAll(Collection<? extends K> all, Unanswered<? super K> unanswered) {
        List<K> order = new ArrayList<>(all);
        List<Wanted> wanted = new ArrayList<>(order.size());
        for (K key : order) {
            Spot spot = spot(key);
            wanted.add(new Wanted(spot.partition(), spot.entry(), spot.key().text(), wanted.size()));
        }
        Map<K, Entry<V>> found = new HashMap<>(2 * order.size());
        reads.read(
                wanted,
                (each, envelope, entry) -> found.put(order.get(each.position()), entry),
                (each, why) -> unanswered.tell(order.get(each.position()), why));
        return found;
    }

    @Override
    public Map<K, Version> versions(Collection<? extends K> wanted) {
        return new Versions(calls).read(wanted, this::spot);
    }

    @Override
    public Reply<V> apply(K key, Change<V> change) {
        return single.apply(spot(key), change);
    }

    @Override
    public CompletableFuture<Reply<V>> apply(K key, Change<V> change, Awaiting awaiting) {
        return single.apply(spot(key), change, awaiting);
    }

    @Override
    public Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> changes) {
        FirstFailure failure = new FirstFailure();
        Map<K, Reply<V>> replies = applyAll(changes, failure);
        failure.throwIfAny();
        return replies;
    }

    @Override
    public Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> changes, Unanswered<? super K> unanswered) {
        List<Item<K, V>> items = new ArrayList<>(changes.size());
        changes.forEach((key, change) -> items.add(new Item<>(key, spot(key), change)));
        Map<K, Reply<V>> replies = new HashMap<>(2 * changes.size());
        new ManyChanges<K, V>(calls, wording, single, replies::put, unanswered).apply(items);
        return replies;
    }

    @Override
    public boolean touch(K key, Entry<V> seen, long millis) {
        Spot spot = spot(key);
        Arguments arguments = new Arguments()
                .audience(telling.word())
                .key(spot.entry())
                .key(spot.meta())
                .key(spot.chain())
                .key(spot.tags())
                .add(spot.channel())
                .add(names.wire())
                .add(spot.wire())
                .add(Spot.bytes(seen.version()))
                .add(Wording.lifetime(millis));
        List<Object> reply = calls.run(Script.TOUCH, spot.partition(), arguments);
        long status = Numbers.of(reply, 0);
        if (status == ENDED_BY_TOUCH) {
            endings.tell(key, seen.expiring(Numbers.of(reply, 1)));
        }
        return status != UNTOUCHED;
    }

    @Override
    public void extendAll(Map<K, Extension> extensions, Consumer<? super K> gone) {
        List<ManyExtensions.Item<K>> items = new ArrayList<>(extensions.size());
        extensions.forEach((key, extension) -> items.add(new ManyExtensions.Item<>(key, spot(key), extension)));
        new ManyExtensions<K>(calls, gone, telling).apply(items);
    }

    @Override
    public Lease<V> lease(K key, long millis) {
        return loads.lease(spot(key), millis);
    }

    @Override
    public boolean renew(K key, Version granted, long millis) {
        return loads.renew(spot(key), granted, millis);
    }

    @Override
    public void release(K key, Version granted) {
        loads.release(spot(key), granted);
    }

    @Override
    public boolean releaseFailed(K key, Lease.Granted<V> granted, long restMillis) {
        return loads.releaseFailed(spot(key), granted.version(), restMillis);
    }

    @Override
    public @Nullable Entry<V> kept(K key) {
        return loads.kept(spot(key));
    }

    @Override
    public void rememberAbsence(K key, Version granted, long millis, List<String> tags) {
        loads.rememberAbsence(spot(key), granted, millis, tags);
    }

    @Override
    public RefreshLeases<K> refreshLeases() {
        return (key, seen, token, millis) -> loads.leaseRefresh(spot(key), seen, token, millis);
    }

    @Override
    public void clear() {
        FirstFailure failure = new FirstFailure();
        clear(everywhere(), failure::tell);
        failure.throwIfAny();
    }

    @Override
    public void clear(BitSet partitions, Unanswered<Integer> unanswered) {
        clear(new Clearing(calls, names, true), partitions, unanswered);
    }

    @Override
    public void clearOnce(BitSet partitions, IntFunction<Duration> within, Unanswered<Integer> unanswered) {
        clear(new Clearing(calls, names, true, within), partitions, unanswered);
    }

    @Override
    public void invalidateTags(Collection<String> tags, Ending ending) {
        FirstFailure failure = new FirstFailure();
        invalidateTags(tags, ending, everywhere(), failure::tell);
        failure.throwIfAny();
    }

    @Override
    public Map<Integer, Long> invalidateTags(
            Collection<String> tags, Ending ending, BitSet partitions, Unanswered<Integer> unanswered) {
        return new Tagging(calls, names, tags, ending == Ending.SOFT ? windowMicros : Tagging.HARD, tagsRefused)
                .invalidate(partitions, unanswered);
    }

    @Override
    public void invalidatePattern(String pattern, KeyWalk walk) {
        Glob glob = Glob.of(pattern);
        FirstFailure failure = new FirstFailure();
        announce(glob, everywhere(), failure::tell);
        removeMatching(glob.literal(), glob, walk);
        announceAgain(glob, everywhere(), failure::tell);
        failure.throwIfAny();
    }

    @Override
    public String text(K key) {
        return keys.text(key).text();
    }

    @Override
    public Map<Integer, Long> announce(Glob pattern, BitSet partitions, Unanswered<Integer> unanswered) {
        return new Announcement(calls, names, pattern).tell(partitions, unanswered);
    }

    @Override
    public Map<Integer, Long> announceAgain(Glob pattern, BitSet partitions, Unanswered<Integer> unanswered) {
        return new Announcement(calls, names, pattern).tellPatiently(partitions, unanswered);
    }

    @Override
    public void removeMatching(String literal, Predicate<String> matching, KeyWalk walk) {
        FirstFailure failure = new FirstFailure();
        removeMatching(literal, matching, everywhere(), walk, failure::tell);
        failure.throwIfAny();
    }

    @Override
    public void removeMatching(
            String literal,
            Predicate<String> matching,
            BitSet partitions,
            KeyWalk walk,
            Unanswered<Integer> unanswered) {
        new MatchingKeys<>(calls, names, wording, single.unheard(), walk)
                .remove(literal, matching, partitions, unanswered);
    }

    @Override
    public int partitionOfText(String text) {
        return names.partition(text);
    }

    private void clear(Clearing clearing, BitSet partitions, Unanswered<Integer> unanswered) {
        if (clearing.clear(partitions, unanswered)) {
            sweeper.sweep(names);
        }
    }

    private static BitSet everywhere() {
        BitSet all = new BitSet();
        all.set(0, Keyspace.PARTITIONS);
        return all;
    }

    @Override
    public Iterator<Keyed<K, V>> scan() {
        return new Scan<>(calls, names, reads, keys);
    }

    @Override
    public void destroy() {
        names.setDestroyed(true);
        try {
            FirstFailure failure = new FirstFailure();
            new Clearing(calls, names, false).clear(everywhere(), failure::tell);
            failure.throwIfAny();
        } catch (FarTierUnavailableException e) {
            names.setDestroyed(false);
            throw e;
        }
        try {
            Waiting.get(sweeper.sweep(names), System.nanoTime() + SWEEP_NANOS);
        } catch (TimeoutException e) {
            return; // what is left is dead, and goes in the background
        } catch (ExecutionException e) {
            throw new IllegalStateException("The sweep of " + names.cache() + " failed", e);
        }
    }

    /** Holds nothing of its own: link and threads are the tier's. */
    @Override
    public void close() {}
}
