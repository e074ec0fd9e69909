package io.nearfar.entry;

import io.nearfar.entry.copy.Weights;

/** A value that all share, of a cache that has no far tier. */
record SharedValue<V>(V object) implements Value<V> {
    @Override
    public V get() {
        return object;
    }

    @Override
    public V shared() {
        return object;
    }

    @Override
    public byte[] bytes() {
        throw new UnsupportedOperationException("a cache without a far tier has none to write "
                + object.getClass().getName() + " to; store by value, or set the mode to near");
    }

    @Override
    public int weight() {
        return Weights.of(object);
    }
}
