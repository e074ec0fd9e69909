package io.nearfar.entry;

/** Estimates the bytes that an object occupies in memory. */
final class Weights {
    /** An object whose size nobody knows. */
    private static final int UNKNOWN = 128;

    private Weights() {}

    /** Returns the size of a standard object, or a guess. */
    static int of(Object value) {
        if (value instanceof String text) {
            return 56 + text.length();
        }
        if (value instanceof byte[] bytes) {
            return 16 + bytes.length;
        }
        return value instanceof Number || value instanceof Enum<?> ? 24 : UNKNOWN;
    }
}
