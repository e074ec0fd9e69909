package io.nearfar.entry;

/** An entry that has all that a write can say. The write is kept as its two numbers, for few are asked for it. */
public class FullEntry<V> extends Entry<V> {
    private final Value<V> value;
    private final Attributes attributes;
    private final long nonce;
    private final long created;
    private final long expires;

    FullEntry(Value<V> value, Version version, long created, long expires, Attributes attributes) {
        super(version.stamp());
        this.value = value;
        this.attributes = attributes;
        this.nonce = version.nonce();
        this.created = created;
        this.expires = expires;
    }

    /** Creates one of the same write, with a value that equals the other's, and another expiration. */
    protected FullEntry(Entry<V> other, Value<V> value, long expires) {
        this(value, other.version(), other.created(), expires, other.attributes());
    }

    @Override
    public final Value<V> value() {
        return value;
    }

    @Override
    public V get() {
        return value.get();
    }

    @Override
    public final Version version() {
        return new Version(stamp(), nonce);
    }

    @Override
    public final long created() {
        return created;
    }

    @Override
    public final long expires() {
        return expires;
    }

    @Override
    public final Attributes attributes() {
        return attributes;
    }

    @Override
    public Entry<V> expiring(long expiresMicros) {
        return new FullEntry<>(this, value, expiresMicros);
    }
}
