package io.nearfar.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the formats in which caches write keys. */
public final class KeyFormats {
    private KeyFormats() {}

    /**
     * Returns the format of a cache's keys. The text of a key does not depend on the declared type, so that nodes which
     * declare different ones understand each other.
     *
     * @param declaredKeyType the declared type of the keys; Object if it is not declared
     * @param objects what deals with keys that are no standard types
     */
    public static <K> KeyFormat<K> of(Class<?> declaredKeyType, ObjectKeys objects) {
        return new TextKeyFormat<>(declaredKeyType, objects);
    }

    /**
     * Returns the text by which rules know a key; see {@link KeyFormat#shown}.
     *
     * @param parts the parts of a key that is nothing but its parts, or null
     */
    public static @Nullable String shown(Object key, @Nullable List<? extends @Nullable Object> parts) {
        return key instanceof String text ? text : whole(key, parts);
    }

    /**
     * Returns what a person reads in a key; see {@link KeyFormat#readable}.
     *
     * @param shown the text by which rules know it, or null
     */
    static @Nullable String readable(Object key, @Nullable String shown) {
        return key instanceof String || shown == null ? shown : ReadableText.readable(shown);
    }

    /** Returns the text of a key if that shows it in full, without encoding anything; see {@link KeyFormat#whole}. */
    public static @Nullable String whole(Object key, @Nullable List<? extends @Nullable Object> parts) {
        String scalar = ReadableText.ofScalar(key);
        return scalar == null ? ReadableText.ofComposite(key, parts) : scalar;
    }
}
