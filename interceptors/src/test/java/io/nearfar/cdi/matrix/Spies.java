package io.nearfar.cdi.matrix;

import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;

/** What annotations of the matrix name. */
final class Spies {
    /** The cache to which every resolver leads. */
    static final String RESOLVED = "mx-resolved";

    private Spies() {}

    /** One key for all. */
    public static class OneKey implements CacheKeyGenerator {
        @Override
        public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> context) {
            return GeneratedKey.of("one");
        }
    }

    /** One cache for all. */
    @ApplicationScoped
    public static class OneCache implements CacheResolverFactory {
        @Inject
        CacheManager manager;

        @Override
        public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
            return new CacheResolver() {
                @Override
                public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                    return cache();
                }
            };
        }

        @Override
        public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
            return getCacheResolver(details);
        }

        private synchronized <K, V> Cache<K, V> cache() {
            Cache<K, V> there = manager.getCache(RESOLVED);
            return there == null
                    ? manager.createCache(RESOLVED, new javax.cache.configuration.MutableConfiguration<K, V>())
                    : there;
        }
    }

    /** Throws one of two kinds. */
    static void fail(int kind) {
        if (kind == 1) {
            throw new IllegalStateException("one");
        } else if (kind == 2) {
            throw new IllegalArgumentException("two");
        }
    }
}
