package io.nearfar.entry;

import org.jspecify.annotations.Nullable;

/** Turns what callers hand in, and what the far tier holds, into values that a cache can keep. One for each cache. */
public interface ValueFormat<V> {
    /**
     * Returns {@code value} as the cache keeps it; later changes of the argument do not show.
     *
     * @throws javax.cache.CacheException if the type is not allowed in this cache or cannot be copied; the text names the
     *     type and the setting that would allow it
     */
    Value<V> keep(V value);

    /**
     * Returns the value whose {@link Value#bytes} these are, or null if the bytes are garbage or of a type that is not
     * trusted here, which has then been counted and logged. Never throws, never runs code of an untrusted type.
     */
    @Nullable
    Value<V> decode(byte[] bytes);
}
