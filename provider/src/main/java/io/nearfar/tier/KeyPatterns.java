package io.nearfar.tier;

import io.nearfar.key.Glob;
import io.nearfar.key.StandardKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * Returns the keys of one type that a person reads as {@code text}: one, or none.
     *
     * @return null if only a look at each key can tell, for it is no standard type
     */
    public static @Nullable List<Object> reading(String text, Class<?> type) {
        return StandardKeys.reading(text, type);
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
