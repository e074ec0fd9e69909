package io.nearfar.jcache;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import org.jspecify.annotations.Nullable;

/** putIfAbsent, both replace, getAndReplace, remove of a value. What they answer is true of all nodes. */
@SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
class Conditionals<K, V> {
    private final Desk<K, V> desk;
    private final Changes<K, V> changes;

    Conditionals(Desk<K, V> desk, Changes<K, V> changes) {
        this.desk = desk;
        this.changes = changes;
    }

    boolean putIfAbsent(K key, V value) {
        long start = desk.statistics().start();
        Value<V> kept = desk.values().keep(value);
        try (KeyLocks.Hold hold = desk.hold(key)) {
            Reply<V> reply = changes.write(key, kept, Condition.ABSENT, false);
            boolean stored = Desk.isStored(reply);
            countGet(reply, start);
            desk.statistics().puts(stored ? 1 : 0, start);
            desk.wrote(key, kept, reply);
            return stored;
        }
    }

    boolean replace(K key, V value) {
        return replaced(key, value, false).applied();
    }

    @Nullable
    V getAndReplace(K key, V value) {
        Reply<V> reply = replaced(key, value, true);
        Entry<V> met = reply.met();
        return reply.applied() && met != null ? met.get() : null;
    }

    private Reply<V> replaced(K key, V value, boolean wantMet) {
        long start = desk.statistics().start();
        Value<V> kept = desk.values().keep(value);
        try (KeyLocks.Hold hold = desk.hold(key)) {
            Reply<V> reply = changes.write(key, kept, Condition.PRESENT, wantMet);
            countGet(reply, start);
            desk.statistics().puts(reply.applied() ? 1 : 0, start);
            desk.wrote(key, kept, reply);
            return reply;
        }
    }

    boolean replace(K key, V oldValue, V newValue) {
        long start = desk.statistics().start();
        Value<V> kept = desk.values().keep(newValue);
        Witness<V> witness = new Witness<>();
        try (KeyLocks.Hold hold = desk.hold(key)) {
            Reply<V> reply = changes.settle(key, seen -> {
                if (!witness.isEqual(seen, oldValue)) {
                    return null;
                }
                witness.once(() -> changes.writeThrough(key, kept));
                return Change.write(
                                kept, Changes.as(seen), desk.expiry(key, kept).forWrite(true), desk.wantsMet())
                        .with(desk.attributes(key));
            });
            countGet(reply, start);
            desk.statistics().puts(reply.applied() ? 1 : 0, start);
            desk.wrote(key, kept, reply);
            accessedIfMet(key, reply);
            return reply.applied();
        }
    }

    boolean remove(K key, V oldValue) {
        long start = desk.statistics().start();
        Witness<V> witness = new Witness<>();
        try (KeyLocks.Hold hold = desk.hold(key)) {
            Reply<V> reply = changes.settle(key, seen -> {
                if (!witness.isEqual(seen, oldValue)) {
                    return null;
                }
                witness.once(() -> changes.deleteThrough(key));
                return Change.removal(Changes.as(seen), desk.wantsMet());
            });
            countGet(reply, start);
            desk.statistics().removals(reply.applied() ? 1 : 0, start);
            desk.removed(key, reply);
            accessedIfMet(key, reply);
            return reply.applied();
        }
    }

    /** What a comparison has done so far: it may be repeated, but the writer is called once. */
    private static final class Witness<V> {
        private boolean done;

        boolean isEqual(@Nullable Entry<V> seen, V expected) {
            return seen != null && expected.equals(seen.get());
        }

        void once(Runnable call) {
            if (!done) {
                call.run();
                done = true;
            }
        }
    }

    /** An entry whose value was compared and differs was accessed (JSR-107, table of section 6.3). */
    private void accessedIfMet(K key, Reply<V> reply) {
        Entry<V> met = reply.met();
        if (!reply.applied() && met != null) {
            desk.accessed(key, met);
        }
    }

    private void countGet(Reply<V> reply, long start) {
        if (reply.existed()) {
            desk.statistics().hit(start);
        } else {
            desk.statistics().miss(start);
        }
    }
}
