package io.nearfar.tier;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import org.jspecify.annotations.Nullable;

/**
 * A change as this node alone decides it, over what it knows of the key. Computes and changes nothing.
 *
 * @param change the change
 * @param version the version that the new entry gets
 * @param order the place of the note among all of the cache
 * @param micros server time, as far as this node knows it
 * @param nanos the same instant on the scale of {@link System#nanoTime}
 */
record LocalChange<V>(Change<V> change, Version version, long order, long micros, long nanos) {
    private static final long LONGEST_MILLIS = Noted.FAR_AWAY / 1_000_000;

    /**
     * What came of it.
     *
     * @param reply what the caller is told
     * @param noted what is to be made up for, or null if nothing was changed
     */
    record Decided<V>(Reply<V> reply, @Nullable Noted<V> noted) {}

    /** Decides over the entry that this node knows, or null if it knows of none. */
    Decided<V> over(@Nullable Entry<V> known) {
        if (!holds(known)) {
            boolean wanted = change.wantMet() || change.condition() instanceof Condition.Is;
            return new Decided<>(new Reply<>(false, known != null, wanted ? known : null, null, null), null);
        }
        Entry<V> next = next(known);
        Reply<V> reply = new Reply<>(true, known != null, change.wantMet() ? known : null, next, null);
        return new Decided<>(reply, next == null ? Noted.removal(order) : noted(next));
    }

    private boolean holds(@Nullable Entry<V> known) {
        Condition condition = change.condition();
        if (condition instanceof Condition.Is is) {
            return known != null && known.version().equals(is.version());
        } else if (condition instanceof Condition.Absent) {
            return known == null;
        }
        return !(condition instanceof Condition.Present) || known != null;
    }

    private @Nullable Entry<V> next(@Nullable Entry<V> known) {
        Value<V> value = change.value();
        long millis =
                known == null ? change.lifetime().onCreate() : change.lifetime().onUpdate();
        if (value == null || millis == Lifetime.NONE) {
            return null;
        }
        long created = known == null ? micros : known.created();
        long expires = known != null && millis == Lifetime.UNCHANGED ? known.expires() : expires(millis);
        return Entry.of(value, version, created, expires, change.attributes());
    }

    private long expires(long millis) {
        return millis == Lifetime.ETERNAL || millis > LONGEST_MILLIS ? Entry.NEVER : micros + millis * 1_000;
    }

    private Noted<V> noted(Entry<V> entry) {
        boolean endless = entry.expires() == Entry.NEVER;
        long ends = nanos + (endless ? Noted.FAR_AWAY : (entry.expires() - micros) * 1_000);
        return new Noted<>(entry, order, ends, nanos + Noted.FAR_AWAY);
    }
}
