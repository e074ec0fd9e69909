package io.nearfar.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.nearfar.config.CacheSettings;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.ExpirationSource;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.RefreshLeases;
import io.nearfar.entry.Reply;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.observe.HitCounter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/*
 * The near tier as its own authority
 * ==================================
 * Entries lie in one bounded map, placeholders of loads in another beside it. Every change of a key runs inside the
 * map's own compute for that key, and touches the placeholder there: so changes of a key are atomic, placeholders and
 * all. The map does not know of time; an entry past its expiration counts as absent wherever it is met, and is dropped
 * there or by purge().
 *
 * A clear is no change of one key: it voids all placeholders and empties the map, and passes by the key that a compute is
 * about to insert. A load that has just looked at its placeholder there would outlive it. So the commit of a load and a
 * clear keep apart by a lock that nobody else takes, but an end that
 * leaves something kept; any other write that a clear passes by simply came after it. An
 * invalidation of tags does the same: it leaves the stamp with which loads under way compare, then walks over the map. One of
 * a pattern voids the placeholders of the keys that match, and removes what it then meets, whatever has made it.
 */

/** Holds the entries of one cache in this process alone. */
public final class LocalStore<K, V> implements EntryStore<K, V>, ExpirationSource<K, V> {
    /** An access that moves an expiration by less is not written down; in microseconds. */
    private static final long LEAST_EXTENSION = 1_000;

    private final Cache<K, Entry<V>> cache;
    private final ConcurrentMap<K, Entry<V>> entries;
    private final UnaryOperator<K> keep;
    private final Function<String, Predicate<K>> matching;
    private final ServerClock clock;
    private final CacheSignals signals;
    private final Stamps stamps;
    private final TagStamps tagStamps = new TagStamps();
    private final Placeholders<K> placeholders;
    private final Graces<K, V> graces;
    private final LocalRefreshLeases<K, V> refreshLeases;
    private final LocalEntries<V> made;
    private final ReadWriteLock clears = new ReentrantReadWriteLock();
    private final Expirations expirations = new Expirations();
    private volatile Listener<K, V> expirationListener = (key, entry, byCaller) -> {};

    /**
     * Creates an empty store.
     *
     * @param settings gives the bounds, in entries or in estimated bytes
     * @param keep gives a key as it may be kept: itself if it cannot change, else a copy
     * @param matching returns which keys match a pattern; throws IllegalArgumentException if that means nothing
     * @param clock decides expirations and stamps
     * @param signals told of look-ups and evictions
     */
    public LocalStore(
            CacheSettings settings,
            UnaryOperator<K> keep,
            Function<String, Predicate<K>> matching,
            ServerClock clock,
            CacheSignals signals) {
        this.keep = keep;
        this.matching = matching;
        this.clock = clock;
        this.signals = signals;
        this.stamps = new Stamps(clock);
        this.placeholders = new Placeholders<>(stamps, tagStamps, settings.nearMaximumEntries());
        this.graces = new Graces<>(bounded(settings), keep, settings.loading().failSafe());
        this.made = new LocalEntries<>(settings.nearMaximumWeight() != null);
        this.refreshLeases = new LocalRefreshLeases<>(this::live, clock, stamps);
        Caffeine<K, Entry<V>> builder = bounded(settings);
        this.cache = Weights.shown(
                builder.executor(Runnable::run)
                        .evictionListener((key, entry, cause) -> signals.evicted())
                        .build(),
                signals);
        this.entries = cache.asMap();
    }

    private static <K, V> Caffeine<K, Entry<V>> bounded(CacheSettings settings) {
        Long weight = settings.nearMaximumWeight();
        @SuppressWarnings("unchecked") // nothing has fixed the types of the builder yet
        Caffeine<K, Entry<V>> builder = (Caffeine<K, Entry<V>>) (Caffeine<?, ?>) Caffeine.newBuilder();
        return weight == null
                ? builder.maximumSize(settings.nearMaximumEntries())
                : builder.maximumWeight(weight)
                        .weigher((key, entry) -> entry.value().weight());
    }

    @Override
    public void tellExpirations(Listener<K, V> listener) {
        expirationListener = listener;
    }

    @Override
    public @Nullable Entry<V> lookupNear(K key) {
        HitCounter.Cell hits = signals.nearLookups();
        long start = hits.isDue() ? System.nanoTime() : 0;
        Entry<V> live = live(key);
        if (live == null) {
            return null;
        } else if (start == 0) {
            hits.increment();
        } else {
            signals.timedNearLookup(System.nanoTime() - start, hits.looked());
        }
        return live;
    }

    @Override
    public @Nullable Entry<V> lookup(K key) {
        long start = signals.isObserved() ? System.nanoTime() : 0;
        Entry<V> live = live(key);
        long nanos = start == 0 ? 0 : System.nanoTime() - start;
        if (live == null) {
            signals.miss(nanos);
        } else {
            signals.nearHit(nanos);
        }
        return live;
    }

    private @Nullable Entry<V> live(K key) {
        Entry<V> entry = cache.getIfPresent(key);
        if (entry == null || entry.expires() == Entry.NEVER || !entry.isExpired(clock.micros())) {
            return entry;
        }
        drop(key, clock.micros(), true);
        return null;
    }

    /** Drops the entry if it is still there and expired. */
    private void drop(K key, long now, boolean byCaller) {
        Found<V> dropped = new Found<>();
        entries.computeIfPresent(key, (k, entry) -> {
            if (!entry.isExpired(now)) {
                return entry;
            }
            dropped.entry = entry;
            graces.keep(k, entry, now);
            return null;
        });
        tellExpired(key, dropped.entry, byCaller);
    }

    /** Carries an entry out of a computation. */
    private static final class Found<V> {
        private @Nullable Entry<V> entry;
    }

    private void tellExpired(K key, @Nullable Entry<V> entry, boolean byCaller) {
        if (entry != null) {
            signals.expired();
            expirationListener.expired(key, entry, byCaller);
        }
    }

    @Override
    public Map<K, Entry<V>> lookupAll(Collection<? extends K> keys) {
        return found(keys, this::lookup);
    }

    private static <K, V> Map<K, Entry<V>> found(
            Collection<? extends K> keys, Function<? super K, @Nullable Entry<V>> look) {
        Map<K, Entry<V>> found = new HashMap<>();
        for (K key : keys) {
            Entry<V> entry = look.apply(key);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return found;
    }

    @Override
    public @Nullable Entry<V> read(K key, Freshness freshness) {
        return live(key);
    }

    @Override
    public Map<K, Entry<V>> readAll(Collection<? extends K> keys, Freshness freshness) {
        return found(keys, this::live);
    }

    @Override
    public Reply<V> apply(K key, Change<V> change) {
        KeyChange<K, V> work = new KeyChange<>(change, placeholders, graces, stamps, tagStamps, made, clock.micros());
        K kept = change.isRemoval() ? key : keep.apply(key);
        if (change.soft() || isOfALoad(key, change)) {
            commitLoad(kept, work);
        } else {
            entries.compute(kept, work);
        }
        Reply<V> reply = work.reply();
        Entry<V> now = reply.now();
        if (now != null) {
            expirations.note(now.expires());
        }
        tellExpired(key, work.expired(), true);
        return reply;
    }

    private boolean isOfALoad(K key, Change<V> change) {
        return change.since() != Change.ANY_TIME
                || (change.condition() instanceof Condition.Is is && placeholders.isHeld(key, is.version()));
    }

    private void commitLoad(K key, KeyChange<K, V> work) {
        clears.readLock().lock();
        try {
            entries.compute(key, work);
        } finally {
            clears.readLock().unlock();
        }
    }

    @Override
    public Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> changes) {
        Map<K, Reply<V>> replies = new HashMap<>();
        changes.forEach((key, change) -> replies.put(key, apply(key, change)));
        return replies;
    }

    @Override
    public boolean touch(K key, Entry<V> seen, long millis) {
        long now = clock.micros();
        if (millis == Lifetime.NONE) {
            expire(key, seen, now);
            return true;
        }
        long expires = Expirations.after(now, millis);
        if (Math.abs(expires - seen.expires()) < LEAST_EXTENSION) {
            return true;
        }
        Entry<V> left = entries.computeIfPresent(
                key, (k, entry) -> isStill(entry, seen, now) ? entry.expiring(expires) : entry);
        expirations.note(expires);
        return left != null && left.expires() == expires;
    }

    /** An entry that an access ends is not kept for loads that fail. */
    private void expire(K key, Entry<V> seen, long now) {
        Found<V> ended = new Found<>();
        entries.computeIfPresent(key, (k, entry) -> {
            if (!isStill(entry, seen, now)) {
                return entry;
            }
            ended.entry = entry.expiring(now);
            return null;
        });
        tellExpired(key, ended.entry, true);
        drop(key, now, true);
    }

    private static boolean isStill(Entry<?> entry, Entry<?> seen, long now) {
        return entry.isOf(seen.version()) && !entry.isExpired(now);
    }

    @Override
    public Lease<V> lease(K key, long millis) {
        long now = clock.micros();
        K kept = keep.apply(key);
        Asked<V> asked = new Asked<>();
        entries.compute(kept, (k, entry) -> {
            boolean live = entry != null && !entry.isExpired(now);
            asked.lease = live
                    ? new Lease.Found<>(entry, stamps.next().stamp())
                    : placeholders.ask(kept, now, millis, graces.of(kept, entry, now));
            return entry;
        });
        return asked.lease();
    }

    @Override
    public boolean releaseFailed(K key, Lease.Granted<V> granted, long restMillis) {
        long now = clock.micros();
        boolean[] stands = {false};
        entries.compute(keep.apply(key), (k, entry) -> {
            boolean kept = graces.of(k, entry, now) != null;
            stands[0] = placeholders.rest(k, granted.version(), now, restMillis, kept);
            return entry;
        });
        return stands[0];
    }

    /** Carries the answer to a request for a lease out of a computation. */
    private static final class Asked<V> {
        private @Nullable Lease<V> lease;

        Lease<V> lease() {
            if (lease == null) {
                throw new IllegalStateException("A request for a load lease was left without an answer");
            }
            return lease;
        }
    }

    @Override
    public boolean renew(K key, Version granted, long millis) {
        return placeholders.renew(key, granted, clock.micros(), millis);
    }

    @Override
    public void release(K key, Version granted) {
        if (placeholders.release(key, granted)) {
            endKept(key);
        }
    }

    /** A load has found that there is nothing. */
    private void endKept(K key) {
        long now = clock.micros();
        if (graces.of(key, cache.getIfPresent(key), now) != null) {
            drop(key, now, true);
            graces.drop(key);
        }
    }

    @Override
    public @Nullable Entry<V> kept(K key) {
        long now = clock.micros();
        Found<V> kept = new Found<>();
        entries.compute(keep.apply(key), (k, entry) -> {
            boolean live = entry != null && !entry.isExpired(now);
            kept.entry = live ? null : graces.of(k, entry, now);
            return entry;
        });
        return kept.entry;
    }

    @Override
    public void rememberAbsence(K key, Version granted, long millis, List<String> tags) {
        if (placeholders.rememberAbsence(key, granted, clock.micros(), millis, tags)) {
            endKept(key);
        }
    }

    @Override
    public void clear() {
        clears.writeLock().lock();
        try {
            placeholders.voidAll();
            cache.invalidateAll();
            graces.dropAll();
        } finally {
            clears.writeLock().unlock();
        }
    }

    @Override
    public void invalidateTags(Collection<String> tags, Ending ending) {
        Set<String> dead = Set.copyOf(tags);
        long stamp = outdate(dead);
        Predicate<Entry<V>> outdated = entry ->
                entry.stamp() < stamp && entry.attributes().tags().stream().anyMatch(dead::contains);
        entries.forEach((key, entry) -> {
            if (outdated.test(entry)) {
                entries.computeIfPresent(key, (k, now) -> outdated.test(now) ? ended(k, now, ending) : now);
            }
        });
        graces.endEntries(outdated, ending, clock.micros());
    }

    private @Nullable Entry<V> ended(K key, Entry<V> entry, Ending ending) {
        if (ending == Ending.SOFT) {
            graces.end(key, entry, clock.micros());
        }
        return null;
    }

    /** Voids the loads that are under way; what they store then is there for whoever looks afterwards. */
    private long outdate(Set<String> tags) {
        clears.writeLock().lock();
        try {
            long stamp = stamps.next().stamp();
            tagStamps.invalidate(tags, stamp);
            return stamp;
        } finally {
            clears.writeLock().unlock();
        }
    }

    @Override
    public void invalidatePattern(String pattern, KeyWalk walk) {
        Predicate<K> matches = matching.apply(pattern);
        clears.writeLock().lock();
        try {
            placeholders.voidAll(matches);
        } finally {
            clears.writeLock().unlock();
        }
        for (K key : entries.keySet()) {
            walk.looked(1);
            if (walk.isCancelled()) {
                return;
            } else if (matches.test(key)) {
                walk.found(1);
                walk.removed(end(key, walk.ending()) ? 1 : 0);
            }
        }
        graces.endKeys(matches, walk.ending(), clock.micros());
    }

    private boolean end(K key, Ending ending) {
        return ending == Ending.SOFT ? apply(key, Change.softRemoval()).existed() : remove(key);
    }

    private boolean remove(K key) {
        Entry<V> removed = entries.remove(key);
        boolean live = removed != null && !removed.isExpired(clock.micros());
        if (!live) {
            tellExpired(key, removed, false);
        }
        return live;
    }

    @Override
    public Iterator<Keyed<K, V>> scan() {
        return new LiveEntries<>(entries.entrySet().iterator(), clock, keep);
    }

    /** Drops what has expired, unless nothing can have. Cheap enough to be called every second. */
    public void purge() {
        long now = clock.micros();
        placeholders.purge(now);
        graces.purge(now);
        refreshLeases.purge(now);
        if (!expirations.beginSearch(now)) {
            return;
        }
        entries.forEach((key, entry) -> {
            if (entry.isExpired(now)) {
                drop(key, now, false);
            } else {
                expirations.note(entry.expires());
            }
        });
    }

    /** Returns who may load entries again; a key is the caller's to keep. */
    public RefreshLeases<K> refreshLeases() {
        return refreshLeases;
    }

    /** Returns how many entries are held, expired ones that nobody has met included. */
    public long size() {
        return cache.estimatedSize();
    }

    /** Returns how many expired entries are kept for loads that fail. */
    int graces() {
        return graces.size();
    }

    /** Returns how many loads hold a placeholder. */
    int placeholders() {
        return placeholders.size();
    }

    @Override
    public void destroy() {
        close();
    }

    @Override
    public void close() {
        clear();
        refreshLeases.clear();
        cache.cleanUp();
    }
}
