package io.nearfar.jcache.expiry;

import io.nearfar.entry.Lifetime;

/** Lifetimes that are known beforehand: a write needs no question first. */
record FixedExpiry(Lifetime fixed, long onAccess) implements Expiry {
    static FixedExpiry untouched(long onCreation, long onUpdate) {
        return new FixedExpiry(new Lifetime(onCreation, onUpdate), Lifetime.UNCHANGED);
    }

    @Override
    public long onCreation() {
        return fixed.onCreate();
    }

    @Override
    public long onUpdate() {
        return fixed.onUpdate();
    }

    @Override
    public boolean mindsAccess() {
        return onAccess != Lifetime.UNCHANGED;
    }
}
