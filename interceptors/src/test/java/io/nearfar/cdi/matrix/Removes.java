package io.nearfar.cdi.matrix;

import io.nearfar.cdi.matrix.Spies.OneCache;
import io.nearfar.cdi.matrix.Spies.OneKey;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheRemove;

/**
 * {@code @CacheRemove} at methods: one for each member.
 *
 * @param <K> what an id is
 * @param <R> a text, or a stage of one
 */
public interface Removes<K, R> extends Counted {
    List<Shape<Removes<String, ?>>> SHAPES = Shape.all(Removes.class, Own.class, Heir.class, Open.class, Later.class);

    List<Class<?>> BEANS = List.of(Own.class, Heir.class, Open.class, Later.class);

    R remove(K id);

    R before(K id, int kind);

    R resolved(K id);

    R generated(K id);

    R these(K id, int kind);

    R others(K id, int kind);

    @Singleton
    class Own extends Answers.AtOnce implements Removes<String, String> {
        @CacheRemove(cacheName = "mx-remove")
        @Override
        public String remove(String id) {
            return made(id, 0);
        }

        @CacheRemove(cacheName = "mx-remove", afterInvocation = false)
        @Override
        public String before(@CacheKey String id, int kind) {
            return made(id, kind);
        }

        @CacheRemove(cacheResolverFactory = OneCache.class)
        @Override
        public String resolved(String id) {
            return made(id, 0);
        }

        @CacheRemove(cacheName = "mx-remove-key", cacheKeyGenerator = OneKey.class)
        @Override
        public String generated(String id) {
            return made(id, 0);
        }

        @CacheRemove(cacheName = "mx-remove", evictFor = IllegalStateException.class)
        @Override
        public String these(@CacheKey String id, int kind) {
            return made(id, kind);
        }

        @CacheRemove(cacheName = "mx-remove", noEvictFor = IllegalStateException.class)
        @Override
        public String others(@CacheKey String id, int kind) {
            return made(id, kind);
        }
    }

    @Singleton
    @Typed(Heir.class)
    class Heir extends Own {}

    /** What a generic interface hands down. */
    interface Bequest<K, R> extends Removes<K, R> {
        R made(String id, int kind);

        @CacheRemove(cacheName = "mx-remove")
        @Override
        default R remove(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheRemove(cacheName = "mx-remove", afterInvocation = false)
        @Override
        default R before(@CacheKey K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @CacheRemove(cacheResolverFactory = OneCache.class)
        @Override
        default R resolved(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheRemove(cacheName = "mx-remove-key", cacheKeyGenerator = OneKey.class)
        @Override
        default R generated(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheRemove(cacheName = "mx-remove", evictFor = IllegalStateException.class)
        @Override
        default R these(@CacheKey K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @CacheRemove(cacheName = "mx-remove", noEvictFor = IllegalStateException.class)
        @Override
        default R others(@CacheKey K id, int kind) {
            return made(String.valueOf(id), kind);
        }
    }

    @Singleton
    class Open extends Answers.AtOnce implements Bequest<String, String> {}

    @Singleton
    class Later extends Answers.Later implements Bequest<String, CompletionStage<String>> {}
}
