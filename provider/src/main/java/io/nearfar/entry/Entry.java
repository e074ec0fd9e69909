package io.nearfar.entry;

import java.util.Objects;

/**
 * One entry as read or written: immutable and shared between threads. The write that made it is kept as its two numbers, for
 * there are many entries, and few are asked for it.
 */
public class Entry<V> {
    /** The expiration of an entry that lives until it is removed. */
    public static final long NEVER = Long.MAX_VALUE;

    private final Value<V> value;
    private final Attributes attributes;
    private final long stamp;
    private final long nonce;
    private final long created;
    private final long expires;

    /**
     * Creates one.
     *
     * @param value the value, never null
     * @param version the write that made it
     * @param created server time of its creation, in microseconds
     * @param expires server time from which it is no longer served, in microseconds; {@link #NEVER} if it has no end
     * @param attributes what the write said beside that
     */
    public Entry(Value<V> value, Version version, long created, long expires, Attributes attributes) {
        this.value = value;
        this.attributes = attributes;
        this.stamp = version.stamp();
        this.nonce = version.nonce();
        this.created = created;
        this.expires = expires;
    }

    /** Creates an entry whose write said nothing beside value and lifetime. */
    public Entry(Value<V> value, Version version, long created, long expires) {
        this(value, version, created, expires, Attributes.NONE);
    }

    /** Creates one of the same write, with a value that equals the other's, and another expiration. */
    protected Entry(Entry<V> other, Value<V> value, long expires) {
        this.value = value;
        this.attributes = other.attributes;
        this.stamp = other.stamp;
        this.nonce = other.nonce;
        this.created = other.created;
        this.expires = expires;
    }

    /** Returns the value. */
    public final Value<V> value() {
        return value;
    }

    /** Returns the write that made it. */
    public final Version version() {
        return new Version(stamp, nonce);
    }

    /** Returns the stamp of the write that made it. */
    public final long stamp() {
        return stamp;
    }

    /** Tells whether that write made it. */
    public final boolean isOf(Version version) {
        return stamp == version.stamp() && nonce == version.nonce();
    }

    /** Returns the server time of its creation, in microseconds. */
    public final long created() {
        return created;
    }

    /** Returns the server time from which it is no longer served, in microseconds; {@link #NEVER} if it has no end. */
    public final long expires() {
        return expires;
    }

    /** Returns what the write said beside value and lifetime. */
    public final Attributes attributes() {
        return attributes;
    }

    /** Tells whether the entry is past its expiration at {@code nowMicros} of server time. */
    public final boolean isExpired(long nowMicros) {
        return expires <= nowMicros;
    }

    /** Returns the same entry with another expiration. */
    public Entry<V> expiring(long expiresMicros) {
        return new Entry<>(this, value, expiresMicros);
    }

    /** Tells whether the other is of the same write and has the same value, attributes and times, wherever it is kept. */
    @Override
    public final boolean equals(Object other) {
        return other instanceof Entry<?> that
                && stamp == that.stamp
                && nonce == that.nonce
                && created == that.created
                && expires == that.expires
                && value.equals(that.value)
                && attributes.equals(that.attributes);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(stamp, nonce, created, expires);
    }

    @Override
    public final String toString() {
        return "Entry[" + value + ", " + version() + ", created " + created + ", expires " + expires + ", " + attributes
                + "]";
    }
}
