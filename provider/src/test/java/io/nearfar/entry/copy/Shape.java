package io.nearfar.entry.copy;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Describes an object graph by classes, values and which places hold the same object, so that two can be compared. */
final class Shape {
    private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();
    private final StringBuilder text = new StringBuilder();

    static String of(Object root) {
        Shape shape = new Shape();
        shape.add(root);
        return shape.text.toString();
    }

    private void add(Object object) {
        if (object == null || object instanceof String || object instanceof Number || object instanceof Boolean) {
            text.append(object == null ? "" : object.getClass().getSimpleName())
                    .append(' ')
                    .append(object)
                    .append('\n');
            return;
        }
        Integer met = numbers.putIfAbsent(object, numbers.size());
        text.append(met == null ? object.getClass().getName() : "#" + met).append('\n');
        if (met == null) {
            addContents(object);
        }
    }

    private void addContents(Object object) {
        if (object.getClass().isArray()) {
            text.append(Array.getLength(object)).append('\n');
            for (int i = 0; i < Array.getLength(object); i++) {
                add(Array.get(object, i));
            }
        } else if (object instanceof Map<?, ?> map) {
            map.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
                    .flatMap(entry -> Arrays.<Object>asList(entry.getKey(), entry.getValue()).stream())
                    .forEach(this::add);
        } else if (object instanceof Collection<?> collection) {
            collection.forEach(this::add);
        } else if (object.getClass().getName().startsWith("java.") || object instanceof Enum<?>) {
            text.append(object).append('\n');
        } else {
            addFields(object);
        }
    }

    private void addFields(Object object) {
        for (Class<?> level = object.getClass(); level != Object.class; level = level.getSuperclass()) {
            List<Field> fields = Arrays.stream(level.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .sorted(Comparator.comparing(Field::getName))
                    .toList();
            for (Field field : fields) {
                text.append(field.getName()).append('=');
                add(read(field, object));
            }
        }
    }

    private static Object read(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError("field " + field + " of a test class cannot be read", e);
        }
    }
}
