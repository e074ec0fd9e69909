package io.nearfar.cdi.cache;

import javax.cache.Cache;

/**
 * A cache that a call uses.
 *
 * @param cache the cache
 * @param loads how it loads
 */
record CacheTarget(Cache<Object, Object> cache, Loads loads) {
    static CacheTarget of(Cache<Object, Object> cache) {
        return new CacheTarget(cache, Loads.of(cache));
    }
}
