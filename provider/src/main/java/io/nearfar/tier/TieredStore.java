package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.Version;
import io.nearfar.key.Glob;
import io.nearfar.near.Fill;
import io.nearfar.near.NearLease;
import io.nearfar.near.NearTier;
import io.nearfar.observe.CacheSignals;
import io.nearfar.observe.HitCounter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The near tier over the far tier. Every method reads as one sentence of the protocol: register a fill, ask the far
 * tier, then let the near tier keep what the fill still allows. The far tier is the authority; the near tier is changed
 * before a call returns, so that the caller reads its own writes.
 */
final class TieredStore<K, V> implements EntryStore<K, V> {
    /** Of one timed near hit in this many it is noted when its partition was verified; finding that out takes longer than the hit. */
    private static final int AGED = 2;

    /** An access that moves an expiration back by less is not written down; in microseconds. */
    private static final long LEAST_EXTENSION = 1_000;

    /** An expiration that seems to come forward by less does so because the server's clock is known better now. */
    private static final long JITTER = 5_000;

    private final NearTier<K, V> near;
    private final OutageStore<K, V> far;
    private final Fills<K, V> fills;
    private final Touches<K> touches;
    private final ServerClock clock;
    private final CacheSignals signals;
    private final List<NearLease> leases;

    TieredStore(
            NearTier<K, V> near,
            OutageStore<K, V> far,
            Fills<K, V> fills,
            Touches<K> touches,
            ServerClock clock,
            CacheSignals signals,
            List<NearLease> leases) {
        this.leases = leases;
        this.near = near;
        this.far = far;
        this.fills = fills;
        this.touches = touches;
        this.clock = clock;
        this.signals = signals;
    }

    @Override
    public @Nullable Entry<V> lookupNear(K key) {
        long start = near.now();
        Entry<V> entry = near.get(key, start);
        if (entry == null) {
            return null;
        }
        HitCounter.Cell hits = signals.nearLookups();
        if (hits.isDue()) {
            tellTimed(key, start, hits.looked());
        } else {
            hits.increment();
        }
        return entry;
    }

    private void tellTimed(K key, long start, int weight) {
        signals.timedNearLookup(near.now() - start, weight);
        if (weight > 0 && ThreadLocalRandom.current().nextInt(AGED) == 0) {
            signals.verifiedAge(leases.get(fills.partition(key)).age(start));
        }
    }

    @Override
    public @Nullable Entry<V> lookup(K key) {
        long start = near.now();
        Entry<V> entry = near.get(key, start);
        if (entry == null) {
            return fills.reading(key, () -> far.answerTo(key));
        }
        signals.nearHit(signals.isObserved() ? near.now() - start : 0);
        return entry;
    }

    @Override
    public @Nullable Entry<V> read(K key, Freshness freshness) {
        Entry<V> entry = freshness == Freshness.NEAR ? near.get(key) : null;
        return entry == null ? fills.reading(key, () -> far.answer(key, freshness)) : entry;
    }

    @Override
    public Map<K, Entry<V>> lookupAll(Collection<? extends K> keys) {
        Map<K, Entry<V>> found = nearOf(keys);
        signals.nearHits(found.size());
        return fills.reading(keys, found, far::answersTo);
    }

    @Override
    public Map<K, Entry<V>> readAll(Collection<? extends K> keys, Freshness freshness) {
        Map<K, Entry<V>> found = freshness == Freshness.NEAR ? nearOf(keys) : new HashMap<>();
        return fills.reading(keys, found, missing -> far.answers(missing, freshness));
    }

    private Map<K, Entry<V>> nearOf(Collection<? extends K> keys) {
        Map<K, Entry<V>> found = new HashMap<>();
        for (K key : keys) {
            Entry<V> entry = near.get(key);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return found;
    }

    @Override
    public Reply<V> apply(K key, Change<V> change) {
        if (keepsEnd(change)) {
            touches.pushNow(List.of(key));
        }
        Fill<K> fill = fills.begin(key);
        Outcome<V> outcome = null;
        try {
            outcome = far.outcome(key, change);
        } finally {
            fills.settle(fill, outcome);
        }
        return outcome.reply();
    }

    @Override
    public Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> changes) {
        if (changes.values().stream().anyMatch(TieredStore::keepsEnd)) {
            touches.pushNow(changes.keySet());
        }
        return fills.writing(changes, far::outcomes);
    }

    /** Tells whether a write keeps the end of what it replaces, which an access may just be moving. */
    static boolean keepsEnd(Change<?> change) {
        return !change.isRemoval() && change.lifetime().onUpdate() == Lifetime.UNCHANGED;
    }

    @Override
    public boolean touch(K key, Entry<V> seen, long millis) {
        long now = clock.micros();
        long expires = expiration(now, millis);
        if (millis == Lifetime.NONE || seen.expires() - expires > JITTER) {
            near.touch(key, seen.version(), expires);
            touches.forget(key);
            return far.touch(key, seen, millis);
        }
        return expires - seen.expires() <= LEAST_EXTENSION || isExtended(key, seen, millis, now);
    }

    private boolean isExtended(K key, Entry<V> seen, long millis, long now) {
        long expires = expiration(now, millis);
        near.touch(key, seen.version(), expires); // before the push that may take it back
        boolean told = false;
        try {
            told = touches.note(key, seen, expires, now) || far.touch(key, seen, millis);
        } finally {
            if (!told) {
                near.shorten(key, seen.version(), seen.expires());
            }
        }
        return told;
    }

    private static long expiration(long now, long millis) {
        boolean endless = millis == Lifetime.ETERNAL || millis > (Entry.NEVER - now) / 1000;
        return endless ? Entry.NEVER : now + millis * 1000;
    }

    @Override
    public Lease<V> lease(K key, long millis) {
        return far.lease(key, millis);
    }

    @Override
    public boolean renew(K key, Version granted, long millis) {
        return far.renew(key, granted, millis);
    }

    @Override
    public void release(K key, Version granted) {
        far.release(key, granted);
    }

    @Override
    public boolean releaseFailed(K key, Lease.Granted<V> granted, long restMillis) {
        return far.releaseFailed(key, granted, restMillis);
    }

    @Override
    public @Nullable Entry<V> kept(K key) {
        return far.kept(key);
    }

    @Override
    public void rememberAbsence(K key, Version granted, long millis, List<String> tags) {
        far.rememberAbsence(key, granted, millis, tags);
    }

    @Override
    public void clear() {
        try {
            far.clear();
        } finally {
            near.dropAll();
        }
    }

    @Override
    public void invalidateTags(Collection<String> tags, Ending ending) {
        TagBatches.each(tags, some -> invalidateSome(some, ending));
    }

    private void invalidateSome(Collection<String> tags, Ending ending) {
        long[] before = near.highest();
        Map<Integer, Long> stamps = Map.of();
        try {
            stamps = far.invalidated(tags, ending);
        } finally {
            near.invalidateTags(tags, stamps, before);
            far.outdate(tags);
        }
    }

    @Override
    public void invalidatePattern(String pattern, KeyWalk walk) {
        Glob glob = Glob.of(pattern);
        long[] before = near.highest();
        Map<Integer, Long> stamps = Map.of();
        try {
            stamps = far.invalidated(glob, walk);
        } finally {
            near.invalidatePattern(glob, stamps, before);
            far.outdate(glob);
        }
    }

    /** @throws FarTierUnavailableException in an outage: a walk over the near tier alone would pass for the whole */
    @Override
    public Iterator<Keyed<K, V>> scan() {
        return far.scan();
    }

    @Override
    public void destroy() {
        touches.forgetAll();
        try {
            far.destroy();
        } finally {
            near.dropAll();
        }
    }

    /** Returns the far tier as it is through an outage. */
    OutageStore<K, V> below() {
        return far;
    }

    @Override
    public void close() {
        touches.close();
        near.dropAll();
        far.close();
    }
}
