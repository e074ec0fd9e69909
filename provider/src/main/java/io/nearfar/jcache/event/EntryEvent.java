package io.nearfar.jcache.event;

import io.nearfar.entry.Value;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * One event as listeners see it. Values are handed out as the cache would: what a listener does to one is seen by nobody
 * else. An entry that was removed or has expired has its last value as value and as old value.
 */
final class EntryEvent<K, V> extends CacheEntryEvent<K, V> {
    private static final long serialVersionUID = 1L;

    private final transient K key;
    private final transient @Nullable Value<V> value;
    private final transient @Nullable Value<V> oldValue;

    EntryEvent(Cache<K, V> source, Mutation<K, V> mutation, boolean withOldValue) {
        super(source, mutation.type());
        boolean gone = mutation.type() == EventType.REMOVED || mutation.type() == EventType.EXPIRED;
        this.key = mutation.key();
        this.oldValue = withOldValue ? mutation.oldValue() : null;
        this.value = gone ? oldValue : mutation.value();
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    @SuppressWarnings("NullAway") // the value of an entry that is gone is known only if the listener asked for it
    public V getValue() {
        return value == null ? null : value.get();
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public V getOldValue() {
        return oldValue == null ? null : oldValue.get();
    }

    @Override
    public boolean isOldValueAvailable() {
        return oldValue != null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("An event of cache " + getSource().getName() + " cannot be unwrapped to "
                + type.getName() + "; it is a " + CacheEntryEvent.class.getName() + " and nothing else");
    }

    @Override
    public String toString() {
        return "CacheEntryEvent[" + getEventType() + ", cache=" + getSource().getName() + ", key=" + key + "]";
    }
}
