package io.nearfar.entry;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields that make an object what it is: neither static nor transient, superclass first, by name within a class. One
 * for each cache, so that the classes it knows go with the cache.
 */
final class KeyFields {
    /** One field of a class. */
    record Part(Field field) {
        String name() {
            return field.getName();
        }

        @Nullable
        Object read(Object object) throws IOException {
            try {
                return field.get(object);
            } catch (IllegalAccessException e) {
                throw new IOException("field " + field + " cannot be read", e);
            }
        }
    }

    private final Map<Class<?>, List<Part>> known = new ConcurrentHashMap<>();

    /** Returns the parts of a class, all accessible. */
    List<Part> of(Class<?> type) throws IOException {
        try {
            return known.computeIfAbsent(type, KeyFields::parts);
        } catch (InaccessibleObjectException e) {
            throw new IOException(
                    "the fields of " + type.getName()
                            + " are closed to reflection; open its package to Nearfar, or let it"
                            + " implement io.nearfar.ReadableKey",
                    e);
        }
    }

    /** Returns the topmost class that has anything to tell: the one below Object or Record, or one of those. */
    static Class<?> root(Class<?> type) {
        Class<?> root = type;
        while (!isTop(root) && !isTop(root.getSuperclass())) {
            root = root.getSuperclass();
        }
        return root;
    }

    private static boolean isTop(Class<?> type) {
        return type == Object.class || type == Record.class;
    }

    private static List<Part> parts(Class<?> type) {
        List<Part> parts = new ArrayList<>();
        collect(type, parts);
        return List.copyOf(parts);
    }

    private static void collect(Class<?> type, List<Part> parts) {
        if (isTop(type)) {
            return;
        }
        collect(type.getSuperclass(), parts);
        Arrays.stream(type.getDeclaredFields())
                .filter(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
                .sorted(Comparator.comparing(Field::getName))
                .peek(field -> field.setAccessible(true))
                .map(Part::new)
                .forEach(parts::add);
    }
}
