package io.nearfar.cdi.matrix;

import io.nearfar.cdi.annotation.InvalidatePattern;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code @InvalidatePattern} at methods: one for each member.
 *
 * @param <K> what an id is
 * @param <R> a text, or a stage of one
 */
public interface PatternEnds<K, R> extends Counted {
    List<Shape<PatternEnds<String, ?>>> SHAPES =
            Shape.and(Shape.all(PatternEnds.class, Own.class, Heir.class, Open.class, Later.class), Repeated.class);

    List<Class<?>> BEANS = List.of(Own.class, Heir.class, Open.class, Later.class, Repeated.class);

    R end(K id);

    R prefix(K id);

    R elsewhere(K id);

    R before(K id, int kind);

    R these(K id, int kind);

    R others(K id, int kind);

    R softly(K id);

    @Singleton
    class Own extends Answers.AtOnce implements PatternEnds<String, String> {
        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:?*")
        @Override
        public String end(String id) {
            return made(id, 0);
        }

        @InvalidatePattern(cacheName = "mx-feeds", prefixes = "{id}:")
        @Override
        public String prefix(String id) {
            return made(id, 0);
        }

        @InvalidatePattern(cacheName = "mx-other", value = "{id}:*")
        @Override
        public String elsewhere(String id) {
            return made(id, 0);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", afterInvocation = false)
        @Override
        public String before(String id, int kind) {
            return made(id, kind);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", evictFor = IllegalStateException.class)
        @Override
        public String these(String id, int kind) {
            return made(id, kind);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", noEvictFor = IllegalStateException.class)
        @Override
        public String others(String id, int kind) {
            return made(id, kind);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", soft = true)
        @Override
        public String softly(String id) {
            return made(id, 0);
        }
    }

    @Singleton
    @Typed(Heir.class)
    class Heir extends Own {}

    /** What a generic interface hands down. */
    interface Bequest<K, R> extends PatternEnds<K, R> {
        R made(String id, int kind);

        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:?*")
        @Override
        default R end(K id) {
            return made(String.valueOf(id), 0);
        }

        @InvalidatePattern(cacheName = "mx-feeds", prefixes = "{id}:")
        @Override
        default R prefix(K id) {
            return made(String.valueOf(id), 0);
        }

        @InvalidatePattern(cacheName = "mx-other", value = "{id}:*")
        @Override
        default R elsewhere(K id) {
            return made(String.valueOf(id), 0);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", afterInvocation = false)
        @Override
        default R before(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", evictFor = IllegalStateException.class)
        @Override
        default R these(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", noEvictFor = IllegalStateException.class)
        @Override
        default R others(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", soft = true)
        @Override
        default R softly(K id) {
            return made(String.valueOf(id), 0);
        }
    }

    @Singleton
    class Open extends Answers.AtOnce implements Bequest<String, String> {}

    @Singleton
    class Later extends Answers.Later implements Bequest<String, CompletionStage<String>> {}

    @Singleton
    class Repeated extends Answers.AtOnce implements PatternEnds<String, String> {
        @InvalidatePattern(cacheName = "mx-feeds", value = "none")
        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:?*")
        @Override
        public String end(String id) {
            return made(id, 0);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "none")
        @InvalidatePattern(cacheName = "mx-feeds", prefixes = "{id}:")
        @Override
        public String prefix(String id) {
            return made(id, 0);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "none")
        @InvalidatePattern(cacheName = "mx-other", value = "{id}:*")
        @Override
        public String elsewhere(String id) {
            return made(id, 0);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "none")
        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", afterInvocation = false)
        @Override
        public String before(String id, int kind) {
            return made(id, kind);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "none")
        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", evictFor = IllegalStateException.class)
        @Override
        public String these(String id, int kind) {
            return made(id, kind);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "none")
        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", noEvictFor = IllegalStateException.class)
        @Override
        public String others(String id, int kind) {
            return made(id, kind);
        }

        @InvalidatePattern(cacheName = "mx-feeds", value = "none")
        @InvalidatePattern(cacheName = "mx-feeds", value = "{id}:*", soft = true)
        @Override
        public String softly(String id) {
            return made(id, 0);
        }
    }
}
