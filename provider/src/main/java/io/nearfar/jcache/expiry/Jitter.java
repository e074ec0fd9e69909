package io.nearfar.jcache.expiry;

import io.nearfar.entry.Lifetime;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Takes a part of each lifetime away, by chance, so that entries which were written together do not end together. It never
 * gives: what an entry is promised at most stays true.
 */
public final class Jitter {
    private static final double WHOLE = 100;

    private final int percent;
    private final DoubleSupplier chance;

    /** Creates one that takes so much at most; {@code chance} says which part of that, from 0 up to, not including, 1. */
    Jitter(int percent, DoubleSupplier chance) {
        this.percent = percent;
        this.chance = chance;
    }

    /** Returns one that takes so many percent at most; 0 for nothing. */
    public static Jitter upTo(int percent) {
        return new Jitter(percent, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Returns the rule with its lifetimes of writes shortened; those of accesses are left alone. */
    Expiry in(Expiry rule) {
        return percent == 0 ? rule : new JitteredExpiry(rule, this);
    }

    /** Returns a lifetime in milliseconds shortened, to one at least; a constant as it is. */
    long shorten(long millis) {
        return millis <= 0 ? millis : Math.max(1, millis - (long) (millis * (percent / WHOLE) * chance.getAsDouble()));
    }

    Lifetime shorten(Lifetime life) {
        return new Lifetime(shorten(life.onCreate()), shorten(life.onUpdate()));
    }

    /** Returns in words what it does. */
    String describe() {
        return "less up to " + percent + "%";
    }
}
