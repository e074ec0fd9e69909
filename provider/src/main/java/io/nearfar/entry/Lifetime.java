package io.nearfar.entry;

/**
 * How long an entry lives after a write, by what the write meets (JSR-107, section "Expiry Policies").
 *
 * @param onCreate milliseconds if no live entry was there, or {@link #ETERNAL}, or {@link #NONE}
 * @param onUpdate milliseconds if one was, or {@link #ETERNAL}, {@link #NONE} or {@link #UNCHANGED}
 */
public record Lifetime(long onCreate, long onUpdate) {
    /** The entry never expires. */
    public static final long ETERNAL = -1;
    /** The entry keeps the expiration it has; only for updates. */
    public static final long UNCHANGED = -2;
    /** The entry is expired at once: nothing is stored, and what was there is gone. */
    public static final long NONE = 0;

    /** Returns the rule that gives every write the same lifetime, in milliseconds or one of the constants. */
    public static Lifetime of(long millis) {
        return new Lifetime(millis, millis);
    }

    /** Checks that both are constants or positive. */
    public Lifetime {
        if (onCreate < ETERNAL || onUpdate < UNCHANGED) {
            throw new IllegalArgumentException("A lifetime is milliseconds above 0, ETERNAL, NONE or, for updates,"
                    + " UNCHANGED; got onCreate " + onCreate + ", onUpdate " + onUpdate);
        }
    }
}
