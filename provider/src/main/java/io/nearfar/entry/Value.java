package io.nearfar.entry;

/**
 * A value as a cache holds it: by reference, as an immutable object, or as a private copy. Safe for use by several
 * threads; never changes.
 */
public interface Value<V> {
    /** Returns the value as a caller may have it: changing it does not change what the cache holds. Never null. */
    V get();

    /**
     * Returns the value as the far tier stores it: a type tag and its bytes, without the envelope. The caller does not
     * change the array.
     *
     * @throws javax.cache.CacheException if the type is not trusted or the value cannot be encoded; names the type and
     *     the setting to add
     */
    byte[] bytes();

    /** Returns an estimate of the bytes that the value occupies in memory. */
    int weight();
}
