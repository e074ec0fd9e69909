package io.nearfar.entry;

import org.jspecify.annotations.Nullable;

/**
 * What a call on another node did to an entry.
 *
 * @param kind what it did
 * @param key the key
 * @param value the new value; null if the entry is gone
 * @param oldValue the value that was there; null if there was none, if nobody here wanted it, or if it could not be told
 * @param stamp of the write
 */
public record RemoteChange<K, V>(
        Kind kind,
        K key,
        @Nullable Value<V> value,
        @Nullable Value<V> oldValue,
        long stamp) {
    /** What was done. */
    public enum Kind {
        /** An entry was created. */
        CREATED,
        /** An entry was given another value. */
        UPDATED,
        /** An entry was removed by request. */
        REMOVED,
        /** An entry was found expired. */
        EXPIRED,
        /** An entry was given another value and no time to live. */
        UPDATED_AND_EXPIRED
    }
}
