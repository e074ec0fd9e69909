package io.nearfar.entry;

/** Keeps the caller's object itself (JSR-107, "Store-By-Reference"). */
final class ByReferenceFormat<V> implements ValueFormat<V> {
    @Override
    public Value<V> keep(V value) {
        return Value.shared(value);
    }

    @Override
    public Value<V> decode(byte[] bytes) {
        throw new UnsupportedOperationException(
                "a cache that stores by reference has no far tier to read " + bytes.length + " bytes from");
    }
}
