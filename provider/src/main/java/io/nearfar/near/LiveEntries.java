package io.nearfar.near;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.ServerClock;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Walks over the entries of a map that have not expired when they are met. */
final class LiveEntries<K, V> implements Iterator<Keyed<K, V>> {
    private final Iterator<Map.Entry<K, Entry<V>>> all;
    private final ServerClock clock;
    private final UnaryOperator<K> keep;
    private @Nullable Keyed<K, V> next;

    LiveEntries(Iterator<Map.Entry<K, Entry<V>>> all, ServerClock clock, UnaryOperator<K> keep) {
        this.all = all;
        this.clock = clock;
        this.keep = keep;
    }

    @Override
    public boolean hasNext() {
        while (next == null && all.hasNext()) {
            Map.Entry<K, Entry<V>> met = all.next();
            if (!met.getValue().isExpired(clock.micros())) {
                next = new Keyed<>(keep.apply(met.getKey()), met.getValue());
            }
        }
        return next != null;
    }

    @Override
    public Keyed<K, V> next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("The walk over the entries has ended; ask hasNext() first");
        }
        Keyed<K, V> met = next;
        next = null;
        return met;
    }
}
