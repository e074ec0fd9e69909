package io.nearfar.entry;

import java.util.Objects;

/**
 * One entry as read or written: immutable and shared between threads. There are many, so each is of the class that has no field
 * that it can do without.
 */
public abstract class Entry<V> {
    /** The expiration of an entry that lives until it is removed. */
    public static final long NEVER = Long.MAX_VALUE;

    private final long stamp;

    /** @param stamp the stamp of the write that made it */
    protected Entry(long stamp) {
        this.stamp = stamp;
    }

    /**
     * Returns an entry.
     *
     * @param value the value, never null
     * @param version the write that made it
     * @param created server time of its creation, in microseconds
     * @param expires server time from which it is no longer served, in microseconds; {@link #NEVER} if it has no end
     * @param attributes what the write said beside that
     */
    public static <V> Entry<V> of(Value<V> value, Version version, long created, long expires, Attributes attributes) {
        return new FullEntry<>(value, version, created, expires, attributes);
    }

    /** Returns an entry whose write said nothing beside value and lifetime. */
    public static <V> Entry<V> of(Value<V> value, Version version, long created, long expires) {
        return of(value, version, created, expires, Attributes.NONE);
    }

    /** Returns the value. */
    public abstract Value<V> value();

    /** Returns what {@link Value#get} of its value does. */
    public abstract V get();

    /** Returns the write that made it. */
    public abstract Version version();

    /** Returns the stamp of the write that made it. */
    public final long stamp() {
        return stamp;
    }

    /** Tells whether that write made it. */
    public final boolean isOf(Version version) {
        return stamp == version.stamp() && version().equals(version);
    }

    /** Returns the server time of its creation, in microseconds. */
    public abstract long created();

    /** Returns the server time from which it is no longer served, in microseconds; {@link #NEVER} if it has no end. */
    public abstract long expires();

    /** Returns what the write said beside value and lifetime. */
    public abstract Attributes attributes();

    /** Tells whether the entry is past its expiration at {@code nowMicros} of server time. */
    public final boolean isExpired(long nowMicros) {
        return expires() <= nowMicros;
    }

    /** Returns the same entry with another expiration. */
    public abstract Entry<V> expiring(long expiresMicros);

    /** Tells whether the other is of the same write and has the same value, attributes and times, wherever it is kept. */
    @Override
    public final boolean equals(Object other) {
        return other instanceof Entry<?> that
                && version().equals(that.version())
                && created() == that.created()
                && expires() == that.expires()
                && value().equals(that.value())
                && attributes().equals(that.attributes());
    }

    @Override
    public final int hashCode() {
        return Objects.hash(version(), created(), expires());
    }

    @Override
    public final String toString() {
        return "Entry[" + value() + ", " + version() + ", created " + created() + ", expires " + expires() + ", "
                + attributes() + "]";
    }
}
