package io.nearfar.entry.codec;

import io.nearfar.ValueCodec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns class names into classes, trusted ones only. Remembers them as long as the cache is there. */
final class DecodingTypes implements ValueCodec.Types {
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    /** Whoever is trusted without limit may name arrays without end. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Trust trust;
    private final ClassLoader loader;
    private final Map<String, Class<?>> resolved = new ConcurrentHashMap<>(PRIMITIVES);

    DecodingTypes(Trust trust, ClassLoader loader) {
        this.trust = trust;
        this.loader = loader;
    }

    @Override
    public Class<?> resolve(String name) throws ClassNotFoundException {
        Class<?> known = resolved.get(name);
        return known != null ? known : find(name);
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        String element = elementOf(name);
        if (!element.isEmpty() && !trust.isTrusted(element)) {
            throw new UntrustedTypeException(element);
        }
        Class<?> found = Class.forName(name, false, loader);
        if (resolved.size() < MOST_REMEMBERED) {
            resolved.put(name, found);
        }
        return found;
    }

    /** Returns the class name within {@code [[Lname;}, empty for arrays of primitives, or the name itself. */
    private static String elementOf(String name) {
        if (!name.startsWith("[")) {
            return name;
        }
        int start = name.lastIndexOf('[') + 1;
        return name.startsWith("L", start) && name.endsWith(";") ? name.substring(start + 1, name.length() - 1) : "";
    }

    @Override
    public void met(Class<?> type) {
        throw new IllegalStateException("announced " + type + " while decoding; only encoding may");
    }

    @Override
    public ClassLoader loader() {
        return loader;
    }
}
