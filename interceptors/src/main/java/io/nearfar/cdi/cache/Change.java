package io.nearfar.cdi.cache;

import io.nearfar.cdi.method.MethodParameter;

/** What a {@code @CachePut}, {@code @CacheRemove} or {@code @CacheRemoveAll} does to its cache. */
@FunctionalInterface
interface Change {
    /**
     * Makes the change.
     *
     * @throws RuntimeException if key, cache or the change itself fails
     */
    void apply(Invocation call);

    /** Stores the argument in place of {@code value}; null, which no cache holds, leaves no entry. */
    static Change put(CacheChoice caches, Keys keys, MethodParameter value) {
        return call -> {
            Object argument = call.argument(value);
            if (argument == null) {
                caches.of(call).cache().remove(keys.of(call));
            } else {
                caches.of(call).cache().put(keys.of(call), argument);
            }
        };
    }

    /** Removes one entry. */
    static Change remove(CacheChoice caches, Keys keys) {
        return call -> caches.of(call).cache().remove(keys.of(call));
    }

    /** Removes all entries. */
    static Change removeAll(CacheChoice caches) {
        return call -> caches.of(call).cache().removeAll();
    }
}
