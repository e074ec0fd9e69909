package io.nearfar.jcache;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Keyed;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Walks over the entries of a cache; each that it hands out was accessed. */
final class Iteration<K, V> implements Iterator<Cache.Entry<K, V>> {
    private final Desk<K, V> desk;
    private final Runnable mustBeOpen;
    private final Consumer<K> removal;
    private final Iterator<Keyed<K, V>> entries;
    private @Nullable Keyed<K, V> last;

    Iteration(Desk<K, V> desk, Runnable mustBeOpen, Consumer<K> removal) {
        this.desk = desk;
        this.mustBeOpen = mustBeOpen;
        this.removal = removal;
        this.entries = desk.store().scan();
    }

    @Override
    public boolean hasNext() {
        mustBeOpen.run();
        return entries.hasNext();
    }

    @Override
    public Cache.Entry<K, V> next() {
        mustBeOpen.run();
        long start = desk.statistics().startGet();
        Keyed<K, V> met = entries.next();
        last = met;
        Entry<V> entry = met.entry();
        desk.accessed(met.key(), entry);
        desk.statistics().hit(start);
        return new KeyValue<>(met.key(), entry.get());
    }

    @Override
    public void remove() {
        mustBeOpen.run();
        Keyed<K, V> met = last;
        if (met == null) {
            throw new IllegalStateException(
                    "There is no entry to remove: call next() first, and remove() once for each");
        }
        last = null;
        removal.accept(met.key());
    }
}
