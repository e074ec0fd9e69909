package io.nearfar.near;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;

/**
 * An entry of a {@link LocalStore} whose value all readers share, that was never changed, has no end, and of which its write has
 * said nothing else. So value and stamp are all that it keeps.
 */
class SharedEntry<V> extends Entry<V> {
    private final V object;

    SharedEntry(V object, long stamp) {
        super(stamp);
        this.object = object;
    }

    @Override
    public final V get() {
        return object;
    }

    @Override
    public final Value<V> value() {
        return Value.shared(object);
    }

    @Override
    public final Version version() {
        return Stamps.version(stamp());
    }

    @Override
    public long created() {
        return stamp();
    }

    @Override
    public long expires() {
        return NEVER;
    }

    @Override
    public final Attributes attributes() {
        return Attributes.NONE;
    }

    @Override
    public final Entry<V> expiring(long expiresMicros) {
        return new DatedEntry<>(object, stamp(), created(), expiresMicros);
    }
}
