package io.nearfar.entry.copy;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.CacheException;

/** Copies an object of the application field by field into a blank one. */
final class FieldsPlan implements Plan {
    private final Constructor<?> blank;
    private final MethodHandle[] moves;

    private FieldsPlan(Constructor<?> blank, MethodHandle[] moves) {
        this.blank = blank;
        this.moves = moves;
    }

    /** Returns the plan of a class with default serialization, or {@link Plan#BY_BYTES} if its fields are out of reach. */
    static Plan of(Class<?> type) {
        Constructor<?> blank = BlankObjects.constructor(type);
        if (blank == null) {
            return BY_BYTES;
        }
        try {
            List<Field> fields = serialFields(type);
            return isImmutable(type, fields) ? FIXED : new FieldsPlan(blank, FieldMoves.of(fields));
        } catch (InaccessibleObjectException | IllegalAccessException closed) {
            return BY_BYTES;
        }
    }

    /** Returns the fields that serialization carries: those of serializable classes, neither static nor transient. */
    private static List<Field> serialFields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> level = type; isSerializable(level); level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    /** Tells whether nothing in objects of the class can change: all fields are there, final, and of such types. */
    private static boolean isImmutable(Class<?> type, List<Field> serialFields) {
        return instanceFields(type) == serialFields.size()
                && serialFields.stream()
                        .allMatch(field -> Modifier.isFinal(field.getModifiers()) && Plans.isFixed(field.getType()));
    }

    private static long instanceFields(Class<?> type) {
        long count = 0;
        for (Class<?> level = type; level != Object.class; level = level.getSuperclass()) {
            count += Stream.of(level.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .count();
        }
        return count;
    }

    private static boolean isSerializable(@org.jspecify.annotations.Nullable Class<?> level) {
        return level != null && Serializable.class.isAssignableFrom(level);
    }

    @Override
    public Object copy(Object source, Walk walk) {
        Object target = walk.begun(source, newObject(source));
        FieldMoves.run(moves, walk, source, target);
        return target;
    }

    private Object newObject(Object source) {
        try {
            return blank.newInstance();
        } catch (InvocationTargetException e) {
            throw new CacheException(
                    "A value of type " + source.getClass().getName() + " cannot be copied: the constructor"
                            + " of its superclass failed with " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new CacheException("A value of type " + source.getClass().getName() + " cannot be copied: " + e, e);
        }
    }
}
