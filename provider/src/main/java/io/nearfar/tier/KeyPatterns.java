package io.nearfar.tier;

import io.nearfar.key.Glob;

/** Patterns of keys, for whoever is handed one. */
public final class KeyPatterns {
    private KeyPatterns() {}

    /**
     * Returns the pattern.
     *
     * @throws IllegalArgumentException if it means nothing; names it, the place and the cure
     */
    public static String checked(String pattern) {
        return Glob.of(pattern).pattern();
    }

    /**
     * Returns the pattern of all keys whose readable texts begin so.
     *
     * @throws IllegalArgumentException if none is that long; names it and the cure
     */
    public static String ofPrefix(String prefix) {
        return Glob.ofPrefix(prefix);
    }
}
