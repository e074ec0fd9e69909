package io.nearfar.tier;

import io.nearfar.entry.Value;

/** A value that is passed on to the far tier as it was found. Whoever reads it there decides whether it may be decoded. */
@SuppressWarnings("ArrayRecordComponent") // only carried
record OpaqueValue<V>(byte[] bytes) implements Value<V> {
    @Override
    public V get() {
        throw new UnsupportedOperationException("a value that is only passed on, of " + bytes.length + " bytes");
    }

    @Override
    public int weight() {
        return bytes.length;
    }
}
