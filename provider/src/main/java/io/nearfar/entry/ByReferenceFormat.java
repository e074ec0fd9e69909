package io.nearfar.entry;

import io.nearfar.entry.copy.Weights;

/** Keeps the caller's object itself (JSR-107, "Store-By-Reference"). */
final class ByReferenceFormat<V> implements ValueFormat<V> {
    @Override
    public Value<V> keep(V value) {
        return new Reference<>(value);
    }

    @Override
    public Value<V> decode(byte[] bytes) {
        throw new UnsupportedOperationException(
                "a cache that stores by reference has no far tier to read " + bytes.length + " bytes from");
    }

    private record Reference<V>(V object) implements Value<V> {
        @Override
        public V get() {
            return object;
        }

        @Override
        public byte[] bytes() {
            throw new UnsupportedOperationException("a cache that stores by reference has no far tier to write "
                    + object.getClass().getName() + " to; store by value, or set the mode to near");
        }

        @Override
        public int weight() {
            return Weights.of(object);
        }
    }
}
