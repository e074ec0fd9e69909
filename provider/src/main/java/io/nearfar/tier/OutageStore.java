package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.OutagePolicy;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The far tier of one cache under its outage policy, and the count of what it answers. A cache that fails open reads a
 * miss and has its unconditional changes noted; everything that only the far tier can decide throws, reads of the
 * authority among it: a miss that is none would make a conditional operation answer "no" without having asked.
 */
final class OutageStore<K, V> implements EntryStore<K, V> {
    private final EntryStore<K, V> far;
    private final OutagePolicy policy;
    private final CacheSignals signals;

    OutageStore(EntryStore<K, V> far, OutagePolicy policy, CacheSignals signals) {
        this.far = far;
        this.policy = policy;
        this.signals = signals;
    }

    @Override
    public @Nullable Entry<V> lookup(K key) {
        long start = System.nanoTime();
        Entry<V> entry = read(key, Freshness.NEAR);
        count(entry != null, System.nanoTime() - start);
        return entry;
    }

    @Override
    public Map<K, Entry<V>> lookupAll(Collection<? extends K> keys) {
        long start = System.nanoTime();
        Map<K, Entry<V>> found = readAll(keys, Freshness.NEAR);
        long each = (System.nanoTime() - start) / Math.max(1, keys.size());
        for (K key : keys) {
            count(found.containsKey(key), each);
        }
        return found;
    }

    private void count(boolean found, long nanos) {
        if (found) {
            signals.farHit(nanos);
        } else {
            signals.miss(nanos);
        }
    }

    @Override
    public @Nullable Entry<V> read(K key, Freshness freshness) {
        try {
            return far.read(key, freshness);
        } catch (FarTierUnavailableException e) {
            throwUnless(e, freshness == Freshness.NEAR);
            return null;
        }
    }

    @Override
    public Map<K, Entry<V>> readAll(Collection<? extends K> keys, Freshness freshness) {
        try {
            return far.readAll(keys, freshness);
        } catch (FarTierUnavailableException e) {
            throwUnless(e, freshness == Freshness.NEAR);
            return Map.of();
        }
    }

    @Override
    public Reply<V> apply(K key, Change<V> change) {
        try {
            return far.apply(key, change);
        } catch (FarTierUnavailableException e) {
            throwUnless(e, isNotable(change));
            return Reply.noted();
        }
    }

    @Override
    public Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> changes) {
        try {
            return far.applyAll(changes);
        } catch (FarTierUnavailableException e) {
            boolean notable = changes.values().stream().allMatch(OutageStore::isNotable);
            throwUnless(e, notable);
            return noted(changes.keySet());
        }
    }

    private void throwUnless(FarTierUnavailableException failure, boolean open) {
        throwIfClosed(failure);
        if (!open) {
            throw failure;
        }
    }

    private static boolean isNotable(Change<?> change) {
        return change.condition() instanceof Condition.Always always && !always.witnessed();
    }

    private static <K, V> Map<K, Reply<V>> noted(Collection<? extends K> keys) {
        Map<K, Reply<V>> replies = new HashMap<>();
        for (K key : keys) {
            replies.put(key, Reply.noted());
        }
        return replies;
    }

    @Override
    public void touch(K key, Entry<V> seen, long millis) {
        run(() -> far.touch(key, seen, millis));
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
        run(() -> far.release(key, granted));
    }

    @Override
    public void clear() {
        run(far::clear);
    }

    @Override
    public Iterator<Keyed<K, V>> scan() {
        return far.scan();
    }

    @Override
    public void destroy() {
        run(far::destroy);
    }

    @Override
    public void close() {
        far.close();
    }

    private void run(Runnable operation) {
        try {
            operation.run();
        } catch (FarTierUnavailableException e) {
            throwIfClosed(e);
        }
    }

    private void throwIfClosed(FarTierUnavailableException failure) {
        signals.unavailable();
        if (policy == OutagePolicy.CLOSED) {
            throw failure;
        }
    }
}
