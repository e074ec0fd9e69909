package io.nearfar.entry;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields that make an object what it is: neither static nor transient, superclass first, by name within a class. */
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

    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            List<Part> parts = new ArrayList<>();
            collect(type, parts);
            return List.copyOf(parts);
        }
    };

    private KeyFields() {}

    static List<Part> of(Class<?> type) throws IOException {
        try {
            return PARTS.get(type);
        } catch (InaccessibleObjectException e) {
            throw new IOException(
                    "the fields of " + type.getName()
                            + " are closed to reflection; open its package to Nearfar, or let it"
                            + " implement io.nearfar.ReadableKey",
                    e);
        }
    }

    private static void collect(@Nullable Class<?> type, List<Part> parts) {
        if (type == null || type == Object.class || type == Record.class) {
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
