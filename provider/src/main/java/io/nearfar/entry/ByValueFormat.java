package io.nearfar.entry;

import io.nearfar.config.CacheSettings;
import io.nearfar.entry.codec.ObjectBytes;
import io.nearfar.entry.copy.Copier;
import io.nearfar.entry.copy.Copier.Kept;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Keeps immutable objects as they are and all others so that nobody else can change them (JSR-107, "Store-By-Value"). */
final class ByValueFormat<V> implements ValueFormat<V> {
    private final ObjectBytes bytes;
    private final CacheSettings settings;
    private final Copier copier;

    ByValueFormat(ObjectBytes bytes, CacheSettings settings) {
        this.bytes = bytes;
        this.settings = settings;
        this.copier = new Copier(bytes::admit, bytes::isTrusted);
    }

    @Override
    public Value<V> keep(V value) {
        Kept kept = copier.keep(value);
        return kept == null ? keepEncoded(value) : value(kept);
    }

    /** Read back once, so that what cannot be read fails here and not in whoever gets it; finds singletons too. */
    private Value<V> keepEncoded(V value) {
        byte[] encoded = bytes.encode(value);
        boolean singleton = bytes.restore(encoded) == value;
        return singleton ? value(new Kept(value, true, false, encoded.length)) : new Encoded(encoded);
    }

    @Override
    public @Nullable Value<V> decode(byte[] encoded) {
        return bytes.decode(encoded, value -> decoded(value, encoded));
    }

    private Value<V> decoded(Object value, byte[] encoded) {
        Kept kept = copier.keepDecoded(value);
        return kept == null ? new Encoded(encoded) : value(kept);
    }

    private Value<V> value(Kept kept) {
        return kept.immutable() ? new Immutable(kept) : new Copied(kept);
    }

    private byte[] limited(byte[] encoded) {
        if (encoded.length > settings.valueLimit()) {
            throw new CacheException("Cache " + settings.name() + ": a value of " + encoded.length
                    + " bytes is larger than the limit of " + settings.valueLimit()
                    + " bytes; make the value smaller or raise nearfar.cache." + settings.name() + ".value-limit");
        }
        return encoded;
    }

    /** A value that never changes, which all share. There may be one for each entry, so it has no field that it can do without. */
    private final class Immutable implements Value<V> {
        private final Object object;
        private final int weight;

        Immutable(Kept kept) {
            this.object = kept.object();
            this.weight = kept.weight();
        }

        @Override
        @SuppressWarnings("unchecked") // it is what was put, or was decoded as that
        public V get() {
            return (V) object;
        }

        @Override
        public V shared() {
            return get();
        }

        @Override
        public byte[] bytes() {
            return limited(bytes.encode(object));
        }

        @Override
        public int weight() {
            return weight;
        }
    }

    /** A value that is copied as an object. */
    private final class Copied implements Value<V> {
        private final Object object;
        private final boolean shared;
        private final int weight;

        Copied(Kept kept) {
            this.object = kept.object();
            this.shared = kept.shared();
            this.weight = kept.weight();
        }

        @Override
        @SuppressWarnings("unchecked") // a copy has its original's type
        public V get() {
            return (V) copier.copy(object, shared);
        }

        @Override
        public byte[] bytes() {
            return limited(bytes.encode(object));
        }

        @Override
        public int weight() {
            return weight;
        }
    }

    /** A value that is read from its serialized form each time, because its class has a say in that. */
    private final class Encoded implements Value<V> {
        private final byte[] encoded;

        Encoded(byte[] encoded) {
            this.encoded = encoded;
        }

        @Override
        @SuppressWarnings("unchecked") // decoded once before, or encoded here
        public V get() {
            Object value = bytes.decode(encoded);
            if (value == null) {
                throw new CacheException(
                        "Cache " + settings.name() + ": a value cannot be read back from the bytes it was"
                                + " kept in, as the log tells; its class does not survive its own serialization");
            }
            return (V) value;
        }

        @Override
        public byte[] bytes() {
            return limited(encoded);
        }

        @Override
        public int weight() {
            return 16 + encoded.length;
        }
    }
}
