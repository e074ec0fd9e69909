package io.nearfar.jcache;

import javax.cache.Cache;

/** An entry as it is handed to callers and writers: what they do to it is seen by nobody else. */
record KeyValue<K, V>(K key, V value) implements Cache.Entry<K, V> {
    @Override
    public K getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("A cache entry cannot be unwrapped to " + type.getName() + "; it is a "
                + KeyValue.class.getName() + " and nothing else");
    }
}
