package io.nearfar.jcache;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.jcache.event.Mutation;
import io.nearfar.jcache.integration.Writer;
import io.nearfar.observe.CacheSignals.Bulk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** putAll, both removeAll. Each key is changed atomically, the whole is not. */
@SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
class Batches<K, V> {
    private static final int KEYS_AT_ONCE = 1_000;

    private final Desk<K, V> desk;
    private final Changes<K, V> changes;

    Batches(Desk<K, V> desk, Changes<K, V> changes) {
        this.desk = desk;
        this.changes = changes;
    }

    void putAll(Map<? extends K, ? extends V> map) {
        long start = desk.statistics().start();
        Map<K, Value<V>> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(key, desk.values().keep(value)));
        try (KeyLocks.Hold hold = desk.holdAll(values.keySet())) {
            Writer.@Nullable Batch<K> written = writeThrough(values);
            if (written != null) {
                values.keySet().retainAll(written.done());
            }
            store(values, start);
            if (written != null) {
                written.rethrow();
            }
        }
    }

    private Writer.@Nullable Batch<K> writeThrough(Map<K, Value<V>> values) {
        Writer<K, V> writer = desk.writer();
        if (writer == null) {
            return null;
        }
        List<Cache.Entry<K, V>> entries = new ArrayList<>();
        values.forEach((key, value) -> entries.add(new KeyValue<>(key, value.get())));
        return writer.writeAll(entries);
    }

    private void store(Map<K, Value<V>> values, long start) {
        Map<K, Reply<V>> replies = replies(values);
        List<Mutation<K, V>> mutations = new ArrayList<>();
        int stored = 0;
        for (Map.Entry<K, Value<V>> put : values.entrySet()) {
            Reply<V> reply = replyFor(replies, put.getKey());
            if (Desk.isStored(reply)) {
                stored++;
                desk.signals().put();
            }
            if (!desk.listeners().isEmpty()) {
                mutations.addAll(desk.mutations(put.getKey(), put.getValue(), reply));
            }
        }
        desk.statistics().puts(stored, start);
        desk.listeners().tell(mutations);
    }

    private Map<K, Reply<V>> replies(Map<K, Value<V>> values) {
        EntryStore<K, V> store = desk.store();
        Map<K, Change<V>> writes = writesWithoutAsking(values);
        if (writes != null) {
            return store.applyAll(writes);
        }
        try {
            return repliesAsking(values);
        } catch (FarTierUnavailableException e) {
            return store.applyAll(each(values, (key, value) -> changes.unseen(value, false, desk.terms(key, value))));
        }
    }

    /** Returns null if a policy has to be asked of a key. How entries live may be set anew meanwhile: that of each is looked up once. */
    private @Nullable Map<K, Change<V>> writesWithoutAsking(Map<K, Value<V>> values) {
        Map<K, Change<V>> writes = new HashMap<>();
        for (Map.Entry<K, Value<V>> put : values.entrySet()) {
            Lifetime fixed = desk.expiry(put.getKey(), put.getValue()).fixed();
            if (fixed == null) {
                return null;
            }
            writes.put(
                    put.getKey(),
                    Change.write(put.getValue(), Condition.ALWAYS, fixed, desk.wantsMet())
                            .with(desk.attributes(put.getKey())));
        }
        return writes;
    }

    /** One read of all keys, one write of all keys, and those that others changed in between one by one. */
    private Map<K, Reply<V>> repliesAsking(Map<K, Value<V>> values) {
        EntryStore<K, V> store = desk.store();
        Map<K, Entry<V>> seen = store.readAll(values.keySet(), Freshness.NEAR);
        Map<K, Reply<V>> replies = new HashMap<>(store.applyAll(each(values, (key, value) -> {
            Entry<V> entry = seen.get(key);
            Lifetime lifetime = desk.expiry(key, value).forWrite(entry != null);
            return Change.write(value, Changes.as(entry), lifetime, desk.wantsMet())
                    .with(desk.attributes(key));
        })));
        values.forEach((key, value) -> {
            if (!replyFor(replies, key).applied()) {
                replies.put(key, changes.rewrite(key, value));
            }
        });
        return replies;
    }

    private static <K, V> Map<K, Change<V>> each(Map<K, Value<V>> values, BiFunction<K, Value<V>, Change<V>> change) {
        Map<K, Change<V>> all = new HashMap<>();
        values.forEach((key, value) -> all.put(key, change.apply(key, value)));
        return all;
    }

    private static <K, V> Reply<V> replyFor(Map<K, Reply<V>> replies, K key) {
        Reply<V> reply = replies.get(key);
        if (reply == null) {
            throw new IllegalStateException("The store gave no reply for key " + key);
        }
        return reply;
    }

    void removeAll(Set<? extends K> keys) {
        removeSome(keys);
    }

    private void removeSome(Set<? extends K> keys) {
        long start = desk.statistics().start();
        try (KeyLocks.Hold hold = desk.holdAll(keys)) {
            Writer<K, V> writer = desk.writer();
            if (writer == null) {
                drop(keys, start);
            } else {
                Writer.Batch<K> deleted = writer.deleteAll(keys);
                drop(deleted.done(), start);
                deleted.rethrow();
            }
        }
    }

    private void drop(Collection<? extends K> keys, long start) {
        Map<K, Change<V>> removals = new HashMap<>();
        keys.forEach(key -> removals.put(key, Change.removal(Condition.ALWAYS, desk.wantsMet())));
        List<Mutation<K, V>> mutations = new ArrayList<>();
        int removed = 0;
        for (Map.Entry<K, Reply<V>> done : desk.store().applyAll(removals).entrySet()) {
            if (done.getValue().existed()) {
                removed++;
                desk.signals().removed();
                mutations.add(Mutation.removed(
                                desk.kept(done.getKey()),
                                Desk.valueOf(done.getValue().met()))
                        .at(Desk.stamp(done.getValue())));
            }
        }
        desk.statistics().removals(removed, start);
        if (!desk.listeners().isEmpty()) {
            desk.listeners().tell(mutations);
        }
    }

    /**
     * Removes entry by entry if somebody must hear of each, and clears in any case: a clear voids also the loads that are
     * under way for keys without an entry. What others put meanwhile may go as well, as if evicted. In an outage nobody
     * knows what there is to remove: then a clear has to do, unless a writer must be told of each.
     */
    void removeAll() {
        if (desk.isSerialised() || desk.statistics().isEnabled()) {
            try {
                removeEach();
            } catch (FarTierUnavailableException e) {
                if (desk.writer() != null) {
                    throw e;
                }
            }
        }
        desk.store().clear();
        desk.signals().invalidatedInBulk(Bulk.CLEAR);
    }

    private void removeEach() {
        Iterator<Keyed<K, V>> all = desk.store().scan();
        while (all.hasNext()) {
            Set<K> some = new HashSet<>();
            while (all.hasNext() && some.size() < KEYS_AT_ONCE) {
                some.add(all.next().key());
            }
            removeSome(some);
        }
    }
}
