package io.nearfar.cdi.matrix;

import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.CacheTtl;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheResult;

/**
 * {@code @CacheTags} and {@code @CacheTtl} at methods: one for each member.
 *
 * @param <K> what an id is
 * @param <R> a text, or a stage of one
 */
public interface Kept<K, R> extends Counted {
    List<Shape<Kept<String, ?>>> SHAPES = Shape.all(Kept.class, Own.class, Heir.class, Open.class, Later.class);

    List<Class<?>> BEANS = List.of(Own.class, Heir.class, Open.class, Later.class);

    R tagged(K id);

    R brief(K id);

    R lasting(K id);

    R farOnly(K id);

    R nearToo(K id);

    R graceful(K id);

    @Singleton
    class Own extends Answers.AtOnce implements Kept<String, String> {
        @CacheResult(cacheName = "mx-tags")
        @CacheTags({"tag:{id}", "got:{result}"})
        @Override
        public String tagged(String id) {
            return made(id, 0);
        }

        @CacheResult(cacheName = "mx-lives")
        @CacheTtl("1ms")
        @Override
        public String brief(String id) {
            return made(id, 0);
        }

        @CacheResult(cacheName = "mx-lives")
        @CacheTtl("1h")
        @Override
        public String lasting(String id) {
            return made(id, 0);
        }

        @CacheResult(cacheName = "mx-far-only")
        @CacheTtl(value = "1h", near = "0s")
        @Override
        public String farOnly(String id) {
            return made(id, 0);
        }

        @CacheResult(cacheName = "mx-near-too")
        @CacheTtl("1h")
        @Override
        public String nearToo(String id) {
            return made(id, 0);
        }

        @CacheResult(cacheName = "mx-graces")
        @CacheTtl(value = "1ms", grace = "1h")
        @Override
        public String graceful(String id) {
            return made(id, 0);
        }
    }

    @Singleton
    @Typed(Heir.class)
    class Heir extends Own {}

    /** What a generic interface hands down. */
    interface Bequest<K, R> extends Kept<K, R> {
        R made(String id, int kind);

        @CacheResult(cacheName = "mx-tags")
        @CacheTags({"tag:{id}", "got:{result}"})
        @Override
        default R tagged(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheResult(cacheName = "mx-lives")
        @CacheTtl("1ms")
        @Override
        default R brief(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheResult(cacheName = "mx-lives")
        @CacheTtl("1h")
        @Override
        default R lasting(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheResult(cacheName = "mx-far-only")
        @CacheTtl(value = "1h", near = "0s")
        @Override
        default R farOnly(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheResult(cacheName = "mx-near-too")
        @CacheTtl("1h")
        @Override
        default R nearToo(K id) {
            return made(String.valueOf(id), 0);
        }

        @CacheResult(cacheName = "mx-graces")
        @CacheTtl(value = "1ms", grace = "1h")
        @Override
        default R graceful(K id) {
            return made(String.valueOf(id), 0);
        }
    }

    @Singleton
    class Open extends Answers.AtOnce implements Bequest<String, String> {}

    @Singleton
    class Later extends Answers.Later implements Bequest<String, CompletionStage<String>> {}
}
