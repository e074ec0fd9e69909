package io.nearfar.entry.copy;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;

/** Estimates the bytes that an object occupies in memory, without what it refers to. */
public final class Weights {
    private static final int OBJECT = 40;
    private static final int REFERENCE = 8;
    private static final int SLOT = 48;

    private Weights() {}

    /** Returns the estimate; never below 16. */
    public static int of(Object value) {
        if (value instanceof String text) {
            return limited(48L + text.length());
        }
        if (value instanceof Collection<?> collection) {
            return limited(OBJECT + (long) REFERENCE * collection.size());
        }
        if (value instanceof Map<?, ?> map) {
            return limited(OBJECT + (long) SLOT * map.size());
        }
        return value.getClass().isArray() ? array(value) : OBJECT;
    }

    private static int array(Object array) {
        int width = switch (array.getClass().getName()) {
            case "[Z", "[B" -> 1;
            case "[S", "[C" -> 2;
            case "[I", "[F" -> 4;
            default -> REFERENCE;
        };
        return limited(16 + (long) width * Array.getLength(array));
    }

    private static int limited(long bytes) {
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
