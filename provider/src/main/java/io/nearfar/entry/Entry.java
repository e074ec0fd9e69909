package io.nearfar.entry;

/**
 * One entry as read or written: immutable and shared between threads.
 *
 * @param value the value, never null
 * @param version the write that made it
 * @param created server time of its creation, in microseconds
 * @param expires server time from which it is no longer served, in microseconds; {@link #NEVER} if it has no end
 * @param attributes what the write said beside that
 */
public record Entry<V>(Value<V> value, Version version, long created, long expires, Attributes attributes) {
    /** The expiration of an entry that lives until it is removed. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Creates an entry whose write said nothing beside value and lifetime. */
    public Entry(Value<V> value, Version version, long created, long expires) {
        this(value, version, created, expires, Attributes.NONE);
    }

    /** Tells whether the entry is past its expiration at {@code nowMicros} of server time. */
    public boolean isExpired(long nowMicros) {
        return expires <= nowMicros;
    }

    /** Returns the same entry with another expiration. */
    public Entry<V> expiring(long expiresMicros) {
        return new Entry<>(value, version, created, expiresMicros, attributes);
    }
}
