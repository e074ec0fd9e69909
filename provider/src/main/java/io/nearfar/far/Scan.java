package io.nearfar.far;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Keyed;
import io.nearfar.far.Pages.Name;
import io.nearfar.far.Reads.Wanted;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A walk over live entries, a page at a time, each key once. Used by one thread. */
final class Scan<K, V> implements Iterator<Keyed<K, V>> {
    private static final int PAGE = 250;

    private final Pages pages;
    private final Reads<V> reads;
    private final KeyFormat<K> keys;
    private final Seen seen = new Seen();
    private final Deque<Keyed<K, V>> page = new ArrayDeque<>();
    private boolean more = true;

    Scan(Calls calls, Names names, Reads<V> reads, KeyFormat<K> keys) {
        this.pages = new Pages(calls, names, PAGE);
        this.reads = reads;
        this.keys = keys;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && more) {
            turn();
        }
        return !page.isEmpty();
    }

    @Override
    public Keyed<K, V> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The walk over the cache's entries is at its end");
        }
        return page.remove();
    }

    private void turn() {
        List<Name> found = pages.next();
        if (found == null) {
            more = false;
            return;
        }
        List<Name> fresh = found.stream().filter(name -> seen.add(name.text())).toList();
        List<Wanted> wanted = new ArrayList<>(fresh.size());
        for (Name name : fresh) {
            wanted.add(new Wanted(name.partition(), name.entry(), name.text(), wanted.size()));
        }
        FirstFailure failure = new FirstFailure();
        reads.read(wanted, (each, envelope, entry) -> meet(fresh.get(each.position()), envelope, entry), failure);
        failure.throwIfAny();
    }

    /** A key that cannot be read here has been counted and logged by its format; it is passed over. */
    private void meet(Name name, Envelope envelope, Entry<V> entry) {
        K key = keys.key(new KeyText(name.text(), envelope.keyBytes()));
        if (key != null) {
            page.add(new Keyed<>(key, entry));
        }
    }
}
