package io.nearfar.tier;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Keyed;
import io.nearfar.far.FarEntries;
import io.nearfar.tier.DirtySet.Known;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the far entries that was begun when nothing was dirty. What has become dirty since is met as this node knows
 * it, for a thread of this node must not go back behind its own change.
 */
final class SettledScan<K, V> implements Iterator<Keyed<K, V>> {
    private final Iterator<Keyed<K, V>> all;
    private final FarEntries<K, V> far;
    private final DirtySet<K, V> dirty;
    private @Nullable Keyed<K, V> next;

    SettledScan(Iterator<Keyed<K, V>> all, FarEntries<K, V> far, DirtySet<K, V> dirty) {
        this.all = all;
        this.far = far;
        this.dirty = dirty;
    }

    @Override
    public boolean hasNext() {
        while (next == null && all.hasNext()) {
            Keyed<K, V> met = all.next();
            next = dirty.isEmpty() ? met : asKnown(met);
        }
        return next != null;
    }

    private @Nullable Keyed<K, V> asKnown(Keyed<K, V> met) {
        Known<V> known = dirty.known(met.key(), far.partition(met.key()));
        Entry<V> entry = known == null ? met.entry() : known.entry();
        return entry == null ? null : new Keyed<>(met.key(), entry);
    }

    @Override
    public Keyed<K, V> next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("The walk over the cache's entries is at its end");
        }
        Keyed<K, V> met = next;
        next = null;
        return met;
    }
}
