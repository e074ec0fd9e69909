package io.nearfar.cdi.cache;

import io.nearfar.NearfarCache;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A cache that a call uses.
 *
 * @param cache the cache
 * @param ours the same if it is one of ours, else null
 * @param loads how it loads
 */
record CacheTarget(Cache<Object, Object> cache, @Nullable NearfarCache<Object, Object> ours, Loads loads) {
    static CacheTarget of(Cache<Object, Object> cache) {
        NearfarCache<Object, Object> ours = ours(cache);
        return new CacheTarget(cache, ours, ours == null ? new PlainLoads(cache) : new LeasedLoads(ours));
    }

    @SuppressWarnings("unchecked") // what a cache unwraps to has the types of the cache
    private static @Nullable NearfarCache<Object, Object> ours(Cache<Object, Object> cache) {
        if (cache instanceof NearfarCache<Object, Object> ours) {
            return ours;
        }
        try {
            return cache.unwrap(NearfarCache.class);
        } catch (IllegalArgumentException e) {
            return null; // JSR-107: what unwrap throws if the cache is of another kind
        }
    }

    /**
     * Returns the cache as one that knows tags and patterns.
     *
     * @throws CacheException if it is of another provider
     */
    NearfarCache<Object, Object> tagging() {
        if (ours == null) {
            throw withoutTags(cache);
        }
        return ours;
    }

    static CacheException withoutTags(Cache<?, ?> cache) {
        return new CacheException(
                "The cache " + cache.getName() + " is a "
                        + cache.getClass().getName()
                        + ", which knows no tags: take @CacheTags, @InvalidateTags and @InvalidatePattern away, or use a cache of Nearfar");
    }
}
