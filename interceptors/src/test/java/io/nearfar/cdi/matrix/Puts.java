package io.nearfar.cdi.matrix;

import io.nearfar.cdi.matrix.Spies.OneCache;
import io.nearfar.cdi.matrix.Spies.OneKey;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheValue;

/**
 * {@code @CachePut}, and {@code @CacheValue}, at methods: one for each member.
 *
 * @param <K> what an id is
 * @param <R> a text, or a stage of one
 */
public interface Puts<K, R> extends Counted {
    List<Shape<Puts<String, ?>>> SHAPES = Shape.all(Puts.class, Own.class, Heir.class, Open.class, Later.class);

    List<Class<?>> BEANS = List.of(Own.class, Heir.class, Open.class, Later.class);

    R put(K id, String value);

    R before(K id, int kind, String value);

    R resolved(K id, String value);

    R generated(K id, String value);

    R these(K id, int kind, String value);

    R others(K id, int kind, String value);

    @Singleton
    class Own extends Answers.AtOnce implements Puts<String, String> {
        @CachePut(cacheName = "mx-put")
        @Override
        public String put(String id, @CacheValue String value) {
            return made(id, 0);
        }

        @CachePut(cacheName = "mx-put", afterInvocation = false)
        @Override
        public String before(@CacheKey String id, int kind, @CacheValue String value) {
            return made(id, kind);
        }

        @CachePut(cacheResolverFactory = OneCache.class)
        @Override
        public String resolved(String id, @CacheValue String value) {
            return made(id, 0);
        }

        @CachePut(cacheName = "mx-put-key", cacheKeyGenerator = OneKey.class)
        @Override
        public String generated(String id, @CacheValue String value) {
            return made(id, 0);
        }

        @CachePut(cacheName = "mx-put", cacheFor = IllegalStateException.class)
        @Override
        public String these(@CacheKey String id, int kind, @CacheValue String value) {
            return made(id, kind);
        }

        @CachePut(cacheName = "mx-put", noCacheFor = IllegalStateException.class)
        @Override
        public String others(@CacheKey String id, int kind, @CacheValue String value) {
            return made(id, kind);
        }
    }

    @Singleton
    @Typed(Heir.class)
    class Heir extends Own {}

    /** What a generic interface hands down. */
    interface Bequest<K, R> extends Puts<K, R> {
        R made(String id, int kind);

        @CachePut(cacheName = "mx-put")
        @Override
        default R put(K id, @CacheValue String value) {
            return made(String.valueOf(id), 0);
        }

        @CachePut(cacheName = "mx-put", afterInvocation = false)
        @Override
        default R before(@CacheKey K id, int kind, @CacheValue String value) {
            return made(String.valueOf(id), kind);
        }

        @CachePut(cacheResolverFactory = OneCache.class)
        @Override
        default R resolved(K id, @CacheValue String value) {
            return made(String.valueOf(id), 0);
        }

        @CachePut(cacheName = "mx-put-key", cacheKeyGenerator = OneKey.class)
        @Override
        default R generated(K id, @CacheValue String value) {
            return made(String.valueOf(id), 0);
        }

        @CachePut(cacheName = "mx-put", cacheFor = IllegalStateException.class)
        @Override
        default R these(@CacheKey K id, int kind, @CacheValue String value) {
            return made(String.valueOf(id), kind);
        }

        @CachePut(cacheName = "mx-put", noCacheFor = IllegalStateException.class)
        @Override
        default R others(@CacheKey K id, int kind, @CacheValue String value) {
            return made(String.valueOf(id), kind);
        }
    }

    @Singleton
    class Open extends Answers.AtOnce implements Bequest<String, String> {}

    @Singleton
    class Later extends Answers.Later implements Bequest<String, CompletionStage<String>> {}
}
