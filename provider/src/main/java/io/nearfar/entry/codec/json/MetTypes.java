package io.nearfar.entry.codec.json;

import io.nearfar.ValueCodec.Types;
import java.util.Set;

/** The classes that were announced a moment ago, by their names. */
record MetTypes(ClassLoader loader) implements Types {
    private static final Set<Class<?>> PRIMITIVES = Set.of(
            boolean.class,
            byte.class,
            char.class,
            short.class,
            int.class,
            long.class,
            float.class,
            double.class,
            void.class);

    @Override
    public void met(Class<?> type) {
        throw new IllegalStateException("announced " + type + " while reading back");
    }

    @Override
    public Class<?> resolve(String name) throws ClassNotFoundException {
        for (Class<?> primitive : PRIMITIVES) {
            if (primitive.getName().equals(name)) {
                return primitive;
            }
        }
        return Class.forName(name, false, loader);
    }
}
