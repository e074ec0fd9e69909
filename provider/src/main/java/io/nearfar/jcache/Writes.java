package io.nearfar.jcache;

import io.nearfar.EntryOptions;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import org.jspecify.annotations.Nullable;

/** put, getAndPut, remove, getAndRemove. */
@SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
class Writes<K, V> {
    private final Desk<K, V> desk;
    private final Changes<K, V> changes;

    Writes(Desk<K, V> desk, Changes<K, V> changes) {
        this.desk = desk;
        this.changes = changes;
    }

    void put(K key, V value) {
        long start = desk.statistics().start();
        Value<V> kept = desk.values().keep(value);
        put(key, kept, desk.terms(key, kept), start);
    }

    void put(K key, V value, EntryOptions options) {
        long start = desk.statistics().start();
        Value<V> kept = desk.values().keep(value);
        put(key, kept, desk.terms(key, kept, options), start);
    }

    private void put(K key, Value<V> kept, EntryTerms terms, long start) {
        try (KeyLocks.Hold hold = desk.hold(key)) {
            Reply<V> reply = changes.write(key, kept, Condition.ALWAYS, false, terms);
            desk.statistics().puts(Desk.isStored(reply) ? 1 : 0, start);
            desk.wrote(key, kept, reply);
        }
    }

    @Nullable
    V getAndPut(K key, V value) {
        long start = desk.statistics().start();
        Value<V> kept = desk.values().keep(value);
        try (KeyLocks.Hold hold = desk.hold(key)) {
            Reply<V> reply = changes.write(key, kept, Condition.WITNESSED, true);
            countGet(reply, start);
            desk.statistics().puts(Desk.isStored(reply) ? 1 : 0, start);
            desk.wrote(key, kept, reply);
            return metValue(reply);
        }
    }

    boolean remove(K key) {
        long start = desk.statistics().start();
        try (KeyLocks.Hold hold = desk.hold(key)) {
            Reply<V> reply = changes.remove(key, Condition.ALWAYS, false);
            desk.statistics().removals(reply.existed() ? 1 : 0, start);
            desk.removed(key, reply);
            return reply.existed();
        }
    }

    /** Ends an entry as if its time were over: an invalidation, of which neither writer nor listeners hear. */
    boolean expire(K key) {
        return desk.store().apply(key, Change.softRemoval()).existed();
    }

    @Nullable
    V getAndRemove(K key) {
        long start = desk.statistics().start();
        try (KeyLocks.Hold hold = desk.hold(key)) {
            Reply<V> reply = changes.remove(key, Condition.WITNESSED, true);
            countGet(reply, start);
            desk.statistics().removals(reply.existed() ? 1 : 0, start);
            desk.removed(key, reply);
            return metValue(reply);
        }
    }

    private void countGet(Reply<V> reply, long start) {
        if (reply.existed()) {
            desk.statistics().hit(start);
        } else {
            desk.statistics().miss(start);
        }
    }

    private static <V> @Nullable V metValue(Reply<V> reply) {
        Entry<V> met = reply.met();
        return met == null ? null : met.get();
    }
}
