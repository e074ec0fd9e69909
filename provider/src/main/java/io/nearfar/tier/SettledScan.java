package io.nearfar.tier;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Keyed;
import io.nearfar.tier.DirtySet.Known;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the far entries that was begun when nothing was dirty. What has become dirty since is met as this node knows
 * it, for a thread of this node must not go back behind its own change.
 */
final class SettledScan<K, V> implements Iterator<Keyed<K, V>> {
    private final Iterator<Keyed<K, V>> all;
    private final Function<K, @Nullable Known<V>> told;
    private final Function<Keyed<K, V>, @Nullable Known<V>> otherwise;
    private @Nullable Keyed<K, V> next;

    /**
     * Creates one.
     *
     * @param told returns what this node knows of a key by what it was told, or null if by nothing
     * @param otherwise returns what it knows of what is met then, or null if that is believed
     */
    SettledScan(
            Iterator<Keyed<K, V>> all,
            Function<K, @Nullable Known<V>> told,
            Function<Keyed<K, V>, @Nullable Known<V>> otherwise) {
        this.all = all;
        this.told = told;
        this.otherwise = otherwise;
    }

    @Override
    public boolean hasNext() {
        while (next == null && all.hasNext()) {
            next = asKnown(all.next());
        }
        return next != null;
    }

    private @Nullable Keyed<K, V> asKnown(Keyed<K, V> met) {
        Known<V> known = known(met);
        Entry<V> entry = known == null ? met.entry() : known.entry();
        return entry == null ? null : new Keyed<>(met.key(), entry);
    }

    private @Nullable Known<V> known(Keyed<K, V> met) {
        Known<V> known = told.apply(met.key());
        return known == null ? otherwise.apply(met) : known;
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
