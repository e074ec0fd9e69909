package io.nearfar.key;

import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Turns keys into text and back. One for each cache. */
public interface KeyFormat<K> {
    /**
     * Returns the text of {@code key}.
     *
     * @throws javax.cache.CacheException if the key cannot be encoded; names its type and the cure
     */
    KeyText text(K key);

    /**
     * Returns the text by which rules know a key: a string as it is, whatever its length, any other as its {@link #text}
     * shows it in full. Encodes nothing.
     *
     * @return null if the text does not show the key in full
     */
    @Nullable
    String shown(K key);

    /**
     * Returns what a person reads in {@code key}: a string as it is, whatever its length; of any other the value, or its
     * parts with colons between. Encodes nothing.
     *
     * @return null if the text does not show the key in full
     */
    default @Nullable String readable(K key) {
        return KeyFormats.readable(key, shown(key));
    }

    /**
     * Returns the {@link #text} of {@code key} as patterns look at it.
     *
     * @return null if it has none that shows it in full
     */
    default @Nullable String whole(K key) {
        try {
            String text = text(key).text();
            return ReadableText.readable(text) == null ? null : text;
        } catch (CacheException e) {
            return null;
        }
    }

    /** Returns the key of that text, or null if the bytes are needed and missing, garbage, or of an untrusted type. */
    @Nullable
    K key(KeyText text);

    /** Returns the key as a cache may keep it: itself if immutable, else a copy. */
    K keep(K key);
}
