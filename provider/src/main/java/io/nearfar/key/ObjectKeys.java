package io.nearfar.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the key room must be given to deal with keys that are no standard types; the codec's room can do it. */
public interface ObjectKeys {
    /**
     * Returns bytes that are equal for equal keys and different for different ones, as far as the parts of the object
     * tell; they need not give the key back.
     *
     * @throws javax.cache.CacheException if the key's parts cannot be told; names its type and the cure
     */
    byte[] canonical(Object key);

    /**
     * Returns bytes that give the key back.
     *
     * @throws javax.cache.CacheException if the type is not trusted or cannot be encoded; names it and the cure
     */
    byte[] encode(Object key);

    /** Returns the key of these bytes, or null if they are garbage or of an untrusted type. */
    @Nullable
    Object decode(byte[] bytes);

    /** Returns a copy that shares nothing with {@code key} that can change, or the key itself if nothing can. */
    Object copy(Object key);

    /** Returns the parts of a key that is nothing but its parts, in order, or null if {@code key} is none such. */
    @Nullable
    List<? extends @Nullable Object> parts(Object key);
}
