package io.nearfar.entry;

import io.nearfar.config.CacheSettings;
import io.nearfar.entry.codec.CompactForm;
import io.nearfar.entry.codec.ObjectBytes;
import org.jspecify.annotations.Nullable;

/** Keeps immutable objects as they are and all others so that nobody else can change them (JSR-107, "Store-By-Value"). */
final class ByValueFormat<V> implements ValueFormat<V> {
    private final ObjectBytes bytes;
    private final CacheSettings settings;

    ByValueFormat(ObjectBytes bytes, CacheSettings settings) {
        this.bytes = bytes;
        this.settings = settings;
    }

    @Override
    public Value<V> keep(V value) {
        if (isImmutable(value)) {
            return new Fixed(value);
        }
        return new Encoded(bytes.encode(value));
    }

    @Override
    @SuppressWarnings("unchecked") // the bytes were seen to hold the declared type
    public @Nullable Value<V> decode(byte[] encoded) {
        V value = (V) bytes.decode(encoded);
        if (value == null) {
            return null;
        }
        return isImmutable(value) ? new Fixed(value) : new Encoded(encoded);
    }

    private static boolean isImmutable(Object value) {
        return (CompactForm.has(value.getClass()) && !(value instanceof byte[])) || value instanceof Enum<?>;
    }

    private byte[] limited(byte[] encoded) {
        ValueLimit.check(settings, encoded.length);
        return encoded;
    }

    private final class Fixed implements Value<V> {
        private final V object;

        Fixed(V object) {
            this.object = object;
        }

        @Override
        public V get() {
            return object;
        }

        @Override
        public byte[] bytes() {
            return limited(bytes.encode(object));
        }

        @Override
        public int weight() {
            return Weights.of(object);
        }
    }

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
                throw new javax.cache.CacheException("Cache " + settings.name()
                        + ": a value cannot be read back from the bytes it was kept in; its class does not survive its"
                        + " own serialization");
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
