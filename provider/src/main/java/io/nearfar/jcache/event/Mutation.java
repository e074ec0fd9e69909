package io.nearfar.jcache.event;

import io.nearfar.entry.Value;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one key, as the operation that did it knows.
 *
 * @param type what happened
 * @param key the key
 * @param value the new value; null if the entry is gone
 * @param oldValue the value that was there; null if there was none or nobody wanted it
 * @param stamp of the write; 0 if it is not known
 */
public record Mutation<K, V>(
        EventType type,
        K key,
        @Nullable Value<V> value,
        @Nullable Value<V> oldValue,
        long stamp) {
    /** An entry was created. */
    public static <K, V> Mutation<K, V> created(K key, Value<V> value) {
        return new Mutation<>(EventType.CREATED, key, value, null, 0);
    }

    /** An entry was given another value. */
    public static <K, V> Mutation<K, V> updated(K key, Value<V> value, @Nullable Value<V> oldValue) {
        return new Mutation<>(EventType.UPDATED, key, value, oldValue, 0);
    }

    /** An entry was removed by request. */
    public static <K, V> Mutation<K, V> removed(K key, @Nullable Value<V> oldValue) {
        return new Mutation<>(EventType.REMOVED, key, null, oldValue, 0);
    }

    /** An entry was found expired. */
    public static <K, V> Mutation<K, V> expired(K key, @Nullable Value<V> oldValue) {
        return new Mutation<>(EventType.EXPIRED, key, null, oldValue, 0);
    }

    /** Tells whether it is the end of an entry. */
    boolean isEnd() {
        return type == EventType.EXPIRED;
    }

    /** Returns the same, by a write of that stamp. */
    public Mutation<K, V> at(long writeStamp) {
        return new Mutation<>(type, key, value, oldValue, writeStamp);
    }
}
