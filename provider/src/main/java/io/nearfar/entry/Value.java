package io.nearfar.entry;

import org.jspecify.annotations.Nullable;

/**
 * A value as a cache holds it: by reference, as an immutable object, or as a private copy. Safe for use by several
 * threads; never changes.
 */
public interface Value<V> {
    /** Returns a value that all share, of a cache in this process alone. */
    static <V> Value<V> shared(V object) {
        return new SharedValue<>(object);
    }

    /** Returns the value as a caller may have it: changing it does not change what the cache holds. Never null. */
    V get();

    /** Returns the very object that {@link #get} returns each time, or null if that is another each time. */
    default @Nullable V shared() {
        return null;
    }

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
