package io.nearfar.jcache.expiry;

import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Value;
import org.jspecify.annotations.Nullable;

/** A rule whose lifetimes of writes are shortened by chance, each time anew. */
record JitteredExpiry(Expiry rule, Jitter jitter) implements Expiry {
    @Override
    public Expiry of(Object key, Value<?> value) {
        Expiry own = rule.of(key, value);
        return own == rule ? this : new JitteredExpiry(own, jitter);
    }

    @Override
    public @Nullable Lifetime fixed() {
        Lifetime fixed = rule.fixed();
        return fixed == null ? null : jitter.shorten(fixed);
    }

    @Override
    public long onCreation() {
        return jitter.shorten(rule.onCreation());
    }

    @Override
    public long onUpdate() {
        return jitter.shorten(rule.onUpdate());
    }

    @Override
    public long onAccess() {
        return rule.onAccess();
    }

    @Override
    public boolean mindsAccess() {
        return rule.mindsAccess();
    }

    @Override
    public String describe() {
        return rule.describe() + ", " + jitter.describe();
    }
}
