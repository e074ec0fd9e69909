package io.nearfar.jcache;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.jcache.expiry.Expiry;
import io.nearfar.jcache.integration.Writer;
import org.jspecify.annotations.Nullable;

/*
 * How a change is made
 * ====================
 * Where the lifetime is known beforehand and no writer has to be called first, a change is one change of the store: its
 * condition and its answer are the store's. Otherwise, and where what is replaced is to be handed out, it is settled: read, decide, commit if the key still holds what
 * was read, and begin again with what it holds if not. A decision to do nothing is believed only on the authority of the
 * tier that decides.
 */

/** Makes changes of single keys: asks the expiry policy and calls the writer no more than the specification says. */
final class Changes<K, V> {
    private final Desk<K, V> desk;

    Changes(Desk<K, V> desk) {
        this.desk = desk;
    }

    /** Says what is to be done about what a key holds. */
    @FunctionalInterface
    interface Decision<V> {
        /** Returns the change, conditional on {@code seen}, or null if there is nothing to do. */
        @Nullable
        Change<V> on(@Nullable Entry<V> seen);
    }

    /**
     * Writes, if the condition holds.
     *
     * @param condition any but that of a version
     * @param wantMet whether the caller needs the entry that the write met
     */
    Reply<V> write(K key, Value<V> value, Condition condition, boolean wantMet) {
        return write(key, value, condition, wantMet, desk.terms(key, value));
    }

    /** Like {@link #write(Object, Value, Condition, boolean)}, on terms of its own. */
    Reply<V> write(K key, Value<V> value, Condition condition, boolean wantMet, EntryTerms terms) {
        boolean certain = condition instanceof Condition.Always;
        Lifetime fixed = terms.expiry().fixed();
        if (fixed != null && (certain || (desk.writer() == null && !handsOut(condition, wantMet)))) {
            writeThrough(key, value);
            Change<V> change = Change.write(value, condition, fixed, wantMet || desk.wantsMet());
            return desk.store().apply(key, change.with(terms.attributes()));
        }
        if (certain) {
            writeThrough(key, value);
        }
        try {
            return settle(key, asking(key, value, condition, terms));
        } catch (FarTierUnavailableException e) {
            if (condition != Condition.ALWAYS) {
                throw e;
            }
            return desk.store().apply(key, unseen(value, wantMet, terms));
        }
    }

    /** What is replaced only to be handed out is read before: if that cannot be done here, it counts as absent. */
    private static boolean handsOut(Condition condition, boolean wantMet) {
        return wantMet && condition instanceof Condition.Present;
    }

    /** Writes whatever is there, for which the writer has been called already. */
    Reply<V> rewrite(K key, Value<V> value) {
        return settle(key, asking(key, value, Condition.ALWAYS, desk.terms(key, value)));
    }

    /** In an outage nobody knows whether the entry exists: both questions are asked, and the store keeps both answers. */
    Change<V> unseen(Value<V> value, boolean wantMet, EntryTerms terms) {
        Expiry expiry = terms.expiry();
        Lifetime either = new Lifetime(expiry.onCreation(), expiry.onUpdate());
        return Change.write(value, Condition.ALWAYS, either, wantMet || desk.wantsMet())
                .with(terms.attributes());
    }

    private Decision<V> asking(K key, Value<V> value, Condition condition, EntryTerms terms) {
        boolean[] written = {condition instanceof Condition.Always};
        return seen -> {
            if (!allows(condition, seen)) {
                return null;
            }
            if (!written[0]) {
                writeThrough(key, value);
                written[0] = true;
            }
            return Change.write(value, as(seen), terms.expiry().forWrite(seen != null), true)
                    .with(terms.attributes());
        };
    }

    private static boolean allows(Condition condition, @Nullable Entry<?> seen) {
        if (condition instanceof Condition.Absent) {
            return seen == null;
        }
        return !(condition instanceof Condition.Present) || seen != null;
    }

    /** Returns the condition that the key still holds what was seen. */
    static Condition as(@Nullable Entry<?> seen) {
        return seen == null ? Condition.ABSENT : Condition.is(seen.version());
    }

    /** Calls the writer, if there is one. */
    void writeThrough(K key, Value<V> value) {
        Writer<K, V> writer = desk.writer();
        if (writer != null) {
            writer.write(new KeyValue<>(key, value.get()));
        }
    }

    /** Calls the writer, if there is one. */
    void deleteThrough(K key) {
        Writer<K, V> writer = desk.writer();
        if (writer != null) {
            writer.delete(key);
        }
    }

    /** Removes whatever is there; the reply carries what was removed if {@code condition} asks for a witness. */
    Reply<V> remove(K key, Condition condition, boolean wantMet) {
        deleteThrough(key);
        return desk.store().apply(key, Change.removal(condition, wantMet || desk.wantsMet()));
    }

    /**
     * Decides on what the key holds and commits, as often as it takes. The reply is that of the applied change; if nothing
     * was to be done, it is not applied and carries what was there.
     */
    Reply<V> settle(K key, Decision<V> decision) {
        boolean sure = desk.writer() != null;
        Entry<V> seen = desk.store().read(key, sure ? Freshness.AUTHORITY : Freshness.NEAR);
        try (Contention<K> contention = new Contention<>(desk.locks(), key)) {
            while (true) {
                Change<V> change = decision.on(seen);
                if (change != null) {
                    Reply<V> reply = desk.store().apply(key, change);
                    if (reply.applied()) {
                        return reply;
                    }
                    contention.lost();
                    seen = reply.met();
                } else if (sure) {
                    return new Reply<>(false, seen != null, seen, null, null);
                } else {
                    seen = desk.store().read(key, Freshness.AUTHORITY);
                }
                sure = true;
            }
        }
    }
}
