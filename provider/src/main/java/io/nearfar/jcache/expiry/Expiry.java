package io.nearfar.jcache.expiry;

import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Value;
import org.jspecify.annotations.Nullable;

/**
 * How long the entries of one cache live (JSR-107, chapter 6). Answers are milliseconds or the constants of
 * {@link Lifetime}.
 */
public interface Expiry {
    /** Returns the rule for writes if it is the same for all of them; null if the policy must be asked for each write. */
    @Nullable
    Lifetime fixed();

    /** Returns the rule for one entry: this, unless the policy sees key and value. */
    default Expiry of(Object key, Value<?> value) {
        return this;
    }

    /** Returns the lifetime of a new entry; a policy is asked. Never {@link Lifetime#UNCHANGED}. */
    long onCreation();

    /** Returns the lifetime that an update gives; a policy is asked. */
    long onUpdate();

    /** Returns the lifetime that an access gives; a policy is asked. */
    long onAccess();

    /** Tells whether an access can change anything; if not, {@link #onAccess} need not be called. */
    boolean mindsAccess();

    /** Returns the rule in words; two nodes with equal words treat entries alike. */
    String describe();

    /** Returns the rule for a write that meets an entry or does not, asking no more than is needed. */
    default Lifetime forWrite(boolean exists) {
        Lifetime fixed = fixed();
        if (fixed != null) {
            return fixed;
        }
        return exists ? new Lifetime(Lifetime.NONE, onUpdate()) : new Lifetime(onCreation(), Lifetime.UNCHANGED);
    }
}
