package io.nearfar.entry;

import org.jspecify.annotations.Nullable;

/**
 * A write or a removal of one key.
 *
 * @param value the new value, or null for a removal
 * @param condition what must hold for it to happen
 * @param lifetime how long the entry lives afterwards; without meaning for a removal
 * @param wantMet whether the reply is to carry the entry that the change met
 * @param attributes what the new entry carries beside value and lifetime
 * @param since the stamp from which on no tag of the new entry may have been invalidated: where it has, nothing is stored,
 *     and what was there is gone; {@link #ANY_TIME} if that does not matter
 * @param soft whether a removal leaves what may answer in place of loads that fail, as if the entry's time were over
 * @param silent whether listeners of other nodes are not to hear of it
 */
public record Change<V>(
        @Nullable Value<V> value,
        Condition condition,
        Lifetime lifetime,
        boolean wantMet,
        Attributes attributes,
        long since,
        boolean soft,
        boolean silent) {
    /** The value is as new as the write itself. */
    public static final long ANY_TIME = 0;

    /** Nobody knows since when the value is there: any invalidation may have come later. */
    public static final long EVER = 1;

    /** Returns a write. */
    public static <V> Change<V> write(Value<V> value, Condition condition, Lifetime lifetime, boolean wantMet) {
        return new Change<>(value, condition, lifetime, wantMet, Attributes.NONE, ANY_TIME, false, false);
    }

    /** Returns a removal. */
    public static <V> Change<V> removal(Condition condition, boolean wantMet) {
        return new Change<>(
                null, condition, Lifetime.of(Lifetime.NONE), wantMet, Attributes.NONE, ANY_TIME, false, false);
    }

    /** Returns a removal that is an invalidation: listeners do not hear of it. */
    public static <V> Change<V> invalidation() {
        return new Change<>(
                null, Condition.ALWAYS, Lifetime.of(Lifetime.NONE), false, Attributes.NONE, ANY_TIME, false, true);
    }

    /** Returns the end of an entry that leaves what may answer in place of loads that fail. */
    public static <V> Change<V> softRemoval() {
        return new Change<>(
                null, Condition.ALWAYS, Lifetime.of(Lifetime.NONE), false, Attributes.NONE, ANY_TIME, true, true);
    }

    /** Returns the same write of an entry that carries these. */
    public Change<V> with(Attributes carried) {
        return new Change<>(value, condition, lifetime, wantMet, carried, since, soft, silent);
    }

    /** Returns the same write of a value that was made up at that stamp. */
    public Change<V> since(long stamp) {
        return new Change<>(value, condition, lifetime, wantMet, attributes, stamp, soft, silent);
    }

    /** Returns the same change under another condition. */
    public Change<V> when(Condition other) {
        return new Change<>(value, other, lifetime, wantMet, attributes, since, soft, silent);
    }

    /** Tells whether the key is to be without an entry afterwards. */
    public boolean isRemoval() {
        return value == null;
    }
}
