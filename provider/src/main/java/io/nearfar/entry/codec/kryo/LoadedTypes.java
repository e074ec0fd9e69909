package io.nearfar.entry.codec.kryo;

import io.nearfar.ValueCodec.Types;

/** The classes that were announced a moment ago, by their names. */
record LoadedTypes(ClassLoader loader) implements Types {
    @Override
    public void met(Class<?> type) {
        throw new IllegalStateException("announced " + type + " while reading back");
    }

    @Override
    public Class<?> resolve(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }
}
