package io.nearfar.cdi.matrix;

import io.nearfar.cdi.matrix.Spies.OneCache;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheRemoveAll;

/**
 * {@code @CacheRemoveAll} at methods: one for each member.
 *
 * @param <K> what an id is
 * @param <R> a text, or a stage of one
 */
public interface Clears<K, R> extends Counted {
    List<Shape<Clears<String, ?>>> SHAPES = Shape.all(Clears.class, Own.class, Heir.class, Open.class, Later.class);

    List<Class<?>> BEANS = List.of(Own.class, Heir.class, Open.class, Later.class);

    R clear(K id);

    R before(K id, int kind);

    R resolved(K id);

    R these(K id, int kind);

    R others(K id, int kind);

    @Singleton
    class Own extends Answers.AtOnce implements Clears<String, String> {
        @CacheRemoveAll(cacheName = "mx-clear")
        @Override
        public String clear(String id) {
            return made(id, 0);
        }

        @CacheRemoveAll(cacheName = "mx-clear", afterInvocation = false)
        @Override
        public String before(String id, int kind) {
            return made(id, kind);
        }

        @CacheRemoveAll(cacheResolverFactory = OneCache.class)
        @Override
        public String resolved(String id) {
            return made(id, 0);
        }

        @CacheRemoveAll(cacheName = "mx-clear", evictFor = IllegalStateException.class)
        @Override
        public String these(String id, int kind) {
            return made(id, kind);
        }

        @CacheRemoveAll(cacheName = "mx-clear", noEvictFor = IllegalStateException.class)
        @Override
        public String others(String id, int kind) {
            return made(id, kind);
        }
    }

    @Singleton
    @Typed(Heir.class)
    class Heir extends Own {}

    /** What a generic interface hands down. */
    interface Bequest<K, R> extends Clears<K, R> {
        R made(String id, int kind);

        @CacheRemoveAll(cacheName = "mx-clear")
        @Override
        default R clear(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheRemoveAll(cacheName = "mx-clear", afterInvocation = false)
        @Override
        default R before(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @CacheRemoveAll(cacheResolverFactory = OneCache.class)
        @Override
        default R resolved(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheRemoveAll(cacheName = "mx-clear", evictFor = IllegalStateException.class)
        @Override
        default R these(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @CacheRemoveAll(cacheName = "mx-clear", noEvictFor = IllegalStateException.class)
        @Override
        default R others(K id, int kind) {
            return made(String.valueOf(id), kind);
        }
    }

    @Singleton
    class Open extends Answers.AtOnce implements Bequest<String, String> {}

    @Singleton
    class Later extends Answers.Later implements Bequest<String, CompletionStage<String>> {}
}
