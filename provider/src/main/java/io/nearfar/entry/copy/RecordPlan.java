package io.nearfar.entry.copy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Copies a record by its components and its canonical constructor; shares it if all components can be shared. */
final class RecordPlan implements Plan {
    private final Constructor<?> constructor;
    private final Field[] components;

    private RecordPlan(Constructor<?> constructor, Field[] components) {
        this.constructor = constructor;
        this.components = components;
    }

    /** Returns the plan of a record class, or {@link Plan#BY_BYTES} if it is closed to reflection. */
    static Plan of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        if (Arrays.stream(types).allMatch(Plans::isFixed)) {
            return FIXED;
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new RecordPlan(constructor, fields(type, components));
        } catch (InaccessibleObjectException | ReflectiveOperationException closed) {
            return BY_BYTES;
        }
    }

    private static Field[] fields(Class<?> type, RecordComponent[] components) throws NoSuchFieldException {
        Field[] fields = new Field[components.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = type.getDeclaredField(components[i].getName());
            fields[i].setAccessible(true);
        }
        return fields;
    }

    @Override
    public Object copy(Object source, Walk walk) {
        try {
            return copyOf(source, walk);
        } catch (InvocationTargetException e) {
            throw new CacheException(
                    "A value of type " + source.getClass().getName() + " cannot be copied: its constructor failed with "
                            + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new CacheException("A value of type " + source.getClass().getName() + " cannot be copied: " + e, e);
        }
    }

    private Object copyOf(Object source, Walk walk) throws ReflectiveOperationException {
        @Nullable Object[] copies = new @Nullable Object[components.length];
        boolean changed = false;
        for (int i = 0; i < copies.length; i++) {
            Object part = components[i].get(source);
            copies[i] = components[i].getType().isPrimitive() ? part : walk.copy(part);
            changed |= copies[i] != part;
        }
        return changed ? constructor.newInstance(copies) : source;
    }
}
