package io.nearfar.entry.codec.json;

import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The classes under whose names values are written. Collections and maps that nobody else can make, such as those of
 * {@code List.of}, of {@code Collections.unmodifiableMap} or of an object-relational mapper, come back as the plain ones of
 * the same kind.
 */
final class StandIns {
    private StandIns() {}

    /**
     * Returns the class to name.
     *
     * @throws IllegalArgumentException if the value would lose what it is: its comparator, or which enum it is of
     */
    static Class<?> of(Object value, JavaType declared) {
        refuseComparator(value);
        refuseUnknownEnum(value, declared);
        if (value instanceof Enum<?> constant) {
            return constant.getDeclaringClass();
        }
        return declared.hasRawClass(value.getClass()) || isMadeByAnyone(value.getClass())
                ? value.getClass()
                : plain(value, declared.getRawClass());
    }

    private static void refuseComparator(Object value) {
        boolean compares = value instanceof SortedMap<?, ?> map && map.comparator() != null
                || value instanceof SortedSet<?> set && set.comparator() != null
                || value instanceof PriorityQueue<?> queue && queue.comparator() != null
                || value instanceof PriorityBlockingQueue<?> blocking && blocking.comparator() != null;
        if (compares) {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getName() + " with a comparator of its own loses it in JSON");
        }
    }

    private static void refuseUnknownEnum(Object value, JavaType declared) {
        boolean lost = value instanceof EnumSet && isUnknown(declared.getContentType())
                || value instanceof EnumMap && isUnknown(declared.getKeyType());
        if (lost) {
            throw new IllegalArgumentException("an " + (value instanceof EnumMap ? "EnumMap" : "EnumSet")
                    + " does not say of which enum it is: declare the field with the enum as its type argument");
        }
    }

    private static boolean isUnknown(@Nullable JavaType part) {
        return part == null || part.isJavaLangObject();
    }

    private static boolean isMadeByAnyone(Class<?> type) {
        return !type.getName().startsWith("org.hibernate.collection.")
                && Modifier.isPublic(type.getModifiers())
                && (!type.getName().startsWith("java.util.") || hasPlainConstructor(type));
    }

    private static boolean hasPlainConstructor(Class<?> type) {
        try {
            return Modifier.isPublic(type.getConstructor().getModifiers());
        } catch (NoSuchMethodException e) {
            return !Collection.class.isAssignableFrom(type) && !Map.class.isAssignableFrom(type);
        }
    }

    private static Class<?> plain(Object value, Class<?> declared) {
        if (value instanceof Map) {
            return value instanceof SortedMap ? TreeMap.class : LinkedHashMap.class;
        }
        return value instanceof Collection<?> items ? plainCollection(items, declared) : value.getClass();
    }

    private static Class<?> plainCollection(Collection<?> items, Class<?> declared) {
        if (declared == EnumSet.class) {
            return EnumSet.class;
        }
        if (items instanceof Set) {
            return items instanceof SortedSet ? TreeSet.class : LinkedHashSet.class;
        }
        return items instanceof List || declared.isAssignableFrom(ArrayList.class) ? ArrayList.class : items.getClass();
    }
}
