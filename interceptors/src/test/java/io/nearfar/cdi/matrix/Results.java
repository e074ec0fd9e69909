package io.nearfar.cdi.matrix;

import io.nearfar.cdi.matrix.Spies.OneCache;
import io.nearfar.cdi.matrix.Spies.OneKey;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;

/**
 * {@code @CacheResult}, and {@code @CacheKey}, at methods: one for each member.
 *
 * @param <K> what an id is
 * @param <R> a text, or a stage of one
 */
public interface Results<K, R> extends Counted {
    List<Shape<Results<String, ?>>> SHAPES = Shape.all(Results.class, Own.class, Heir.class, Open.class, Later.class);

    List<Class<?>> BEANS = List.of(Own.class, Heir.class, Open.class, Later.class);

    R named(K id);

    R skipped(K id);

    R resolved(K id);

    R generated(K id);

    R failing(K id, int kind);

    R these(K id, int kind);

    R others(K id, int kind);

    R keyed(K id, String other);

    @Singleton
    class Own extends Answers.AtOnce implements Results<String, String> {
        @CacheResult(cacheName = "mx-named")
        @Override
        public String named(String id) {
            return made(id, 0);
        }

        @CacheResult(cacheName = "mx-skipped", skipGet = true)
        @Override
        public String skipped(String id) {
            return made(id, 0);
        }

        @CacheResult(cacheResolverFactory = OneCache.class)
        @Override
        public String resolved(String id) {
            return made(id, 0);
        }

        @CacheResult(cacheName = "mx-generated", cacheKeyGenerator = OneKey.class)
        @Override
        public String generated(String id) {
            return made(id, 0);
        }

        @CacheResult(cacheName = "mx-fail", exceptionCacheName = "mx-failures")
        @Override
        public String failing(String id, int kind) {
            return made(id, kind);
        }

        @CacheResult(
                cacheName = "mx-fail",
                exceptionCacheName = "mx-these",
                cachedExceptions = IllegalStateException.class)
        @Override
        public String these(String id, int kind) {
            return made(id, kind);
        }

        @CacheResult(
                cacheName = "mx-fail",
                exceptionCacheName = "mx-others",
                nonCachedExceptions = IllegalStateException.class)
        @Override
        public String others(String id, int kind) {
            return made(id, kind);
        }

        @CacheResult(cacheName = "mx-keyed")
        @Override
        public String keyed(@CacheKey String id, String other) {
            return made(id, 0);
        }
    }

    @Singleton
    @Typed(Heir.class)
    class Heir extends Own {}

    /** What a generic interface hands down. */
    interface Bequest<K, R> extends Results<K, R> {
        R made(String id, int kind);

        @CacheResult(cacheName = "mx-named")
        @Override
        default R named(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheResult(cacheName = "mx-skipped", skipGet = true)
        @Override
        default R skipped(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheResult(cacheResolverFactory = OneCache.class)
        @Override
        default R resolved(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheResult(cacheName = "mx-generated", cacheKeyGenerator = OneKey.class)
        @Override
        default R generated(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheResult(cacheName = "mx-fail", exceptionCacheName = "mx-failures")
        @Override
        default R failing(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @CacheResult(
                cacheName = "mx-fail",
                exceptionCacheName = "mx-these",
                cachedExceptions = IllegalStateException.class)
        @Override
        default R these(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @CacheResult(
                cacheName = "mx-fail",
                exceptionCacheName = "mx-others",
                nonCachedExceptions = IllegalStateException.class)
        @Override
        default R others(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @CacheResult(cacheName = "mx-keyed")
        @Override
        default R keyed(@CacheKey K id, String other) {
            return made(String.valueOf(id), 0);
        }
    }

    @Singleton
    class Open extends Answers.AtOnce implements Bequest<String, String> {}

    @Singleton
    class Later extends Answers.Later implements Bequest<String, CompletionStage<String>> {}
}
