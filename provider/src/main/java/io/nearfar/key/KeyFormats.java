package io.nearfar.key;

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
}
