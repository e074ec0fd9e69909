package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Keyed;
import io.nearfar.tier.DirtySet.Known;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A walk that goes ahead by a page, so that the fallback store is asked once for all keys of it. A failure of the walk comes
 * when what was met before it has been handed out. Used by one thread.
 */
final class ToldPages<K, V> implements Iterator<Keyed<K, V>> {
    /** What the keys of a page were told. */
    interface Told<K, V> {
        /** Tells whether nothing has come up since that was asked. */
        boolean stands(K key);

        /** Returns what a key was told, or null if it was told nothing. */
        @Nullable
        Known<V> of(K key);
    }

    private final Iterator<Keyed<K, V>> all;
    private final Function<Collection<K>, Told<K, V>> ask;
    private final Deque<Keyed<K, V>> page = new ArrayDeque<>();
    private @Nullable Told<K, V> told;
    private @Nullable FarTierUnavailableException failure;

    /** Creates one; {@code ask} asks about the keys of a page. */
    ToldPages(Iterator<Keyed<K, V>> all, Function<Collection<K>, Told<K, V>> ask) {
        this.all = all;
        this.ask = ask;
    }

    /** Returns what a key that was just met was told, or null if it was told nothing. */
    @Nullable
    Known<V> told(K key) {
        Told<K, V> known = told;
        if (known == null || !known.stands(key)) {
            known = ask.apply(restWith(key));
            told = known;
        }
        return known.of(key);
    }

    private List<K> restWith(K key) {
        return Stream.concat(Stream.of(key), page.stream().map(Keyed::key)).toList();
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty()) {
            fill();
            told = null;
        }
        return !page.isEmpty();
    }

    private void fill() {
        try {
            throwIfFailed();
            while (page.size() < Batches.MOST && all.hasNext()) {
                page.add(all.next());
            }
        } catch (FarTierUnavailableException e) {
            failure = e;
            if (page.isEmpty()) {
                throw e;
            }
        }
    }

    private void throwIfFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Keyed<K, V> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The walk over the cache's entries is at its end");
        }
        return page.remove();
    }
}
