package io.nearfar.entry;

import io.nearfar.ReadableKey;
import io.nearfar.config.CacheSettings;
import io.nearfar.entry.codec.CacheTypes;
import io.nearfar.entry.codec.ObjectBytes;
import java.util.List;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Deals with the keys of one cache that are no standard types. Safe for use by several threads. */
public final class ObjectKeyCodec {
    private final ObjectBytes bytes;
    private final ByValueFormat<Object> copies;
    private final KeyFields fields = new KeyFields();

    /**
     * Creates the codec of a cache's keys.
     *
     * @param types what is known of the types of the keys
     * @param rejected run whenever bytes from the far tier are refused as garbage or as of an untrusted type
     * @throws CacheException if the settings name an unknown codec
     */
    public ObjectKeyCodec(CacheSettings settings, CacheTypes types, Runnable rejected) {
        this.bytes = new ObjectBytes(settings, types, "a key", rejected);
        this.copies = new ByValueFormat<>(bytes, settings);
    }

    /**
     * Returns bytes that are equal for equal keys and different for different ones, as far as the parts of the object
     * tell; they need not give the key back.
     *
     * @throws CacheException if the key's parts cannot be told; names its type and the cure
     */
    public byte[] canonical(Object key) {
        return CanonicalBytes.of(key, fields);
    }

    /**
     * Returns bytes that give the key back.
     *
     * @throws CacheException if the type is not trusted or cannot be encoded; names it and the cure
     */
    public byte[] encode(Object key) {
        return bytes.encode(key);
    }

    /** Returns the key of these bytes, or null if they are garbage or of an untrusted type, which is counted and logged. */
    public @Nullable Object decode(byte[] encoded) {
        return bytes.decode(encoded);
    }

    /** Returns a copy that shares nothing with {@code key} that can change, or the key itself if nothing can. */
    public Object copy(Object key) {
        boolean fixed = key instanceof ReadableKey readable
                && readable.keyParts().stream().allMatch(this::isFixed);
        return fixed ? key : copies.keep(key).get();
    }

    /** A part that needs no copy; a key is its parts, and so needs none either if none of them does. */
    private boolean isFixed(@Nullable Object part) {
        return part == null || copies.keep(part).get() == part;
    }

    /** Returns the parts of a key that is nothing but its parts, or null if {@code key} is none such. */
    public @Nullable List<? extends @Nullable Object> parts(Object key) {
        return key instanceof ReadableKey readable ? readable.keyParts() : null;
    }
}
