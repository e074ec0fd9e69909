package io.nearfar.entry;

import org.jspecify.annotations.Nullable;

/**
 * A write or a removal of one key.
 *
 * @param value the new value, or null for a removal
 * @param condition what must hold for it to happen
 * @param lifetime how long the entry lives afterwards; without meaning for a removal
 * @param wantMet whether the reply is to carry the entry that the change met
 */
public record Change<V>(@Nullable Value<V> value, Condition condition, Lifetime lifetime, boolean wantMet) {
    /** Returns a write. */
    public static <V> Change<V> write(Value<V> value, Condition condition, Lifetime lifetime, boolean wantMet) {
        return new Change<>(value, condition, lifetime, wantMet);
    }

    /** Returns a removal. */
    public static <V> Change<V> removal(Condition condition, boolean wantMet) {
        return new Change<>(null, condition, Lifetime.of(Lifetime.NONE), wantMet);
    }

    /** Tells whether the key is to be without an entry afterwards. */
    public boolean isRemoval() {
        return value == null;
    }
}
