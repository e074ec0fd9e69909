package io.nearfar.jcache.expiry;

import io.nearfar.entry.Lifetime;
import java.time.Duration;
import java.util.StringJoiner;

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

    @Override
    public String describe() {
        StringJoiner words = new StringJoiner(", ");
        describe(words, "creation", onCreation());
        describe(words, "update", onUpdate());
        describe(words, "access", onAccess());
        return words.toString();
    }

    private static void describe(StringJoiner words, String occasion, long millis) {
        if (millis != Lifetime.UNCHANGED) {
            words.add((millis == Lifetime.ETERNAL ? "never" : Duration.ofMillis(millis)) + " from " + occasion);
        }
    }
}
