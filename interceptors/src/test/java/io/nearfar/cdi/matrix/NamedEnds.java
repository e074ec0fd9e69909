package io.nearfar.cdi.matrix;

import io.nearfar.cdi.annotation.Invalidate;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code @Invalidate} at methods: one for each member.
 *
 * @param <K> what an id is
 * @param <R> a text, or a stage of one
 */
public interface NamedEnds<K, R> extends Counted {
    List<Shape<NamedEnds<String, ?>>> SHAPES =
            Shape.and(Shape.all(NamedEnds.class, Own.class, Heir.class, Open.class, Later.class), Repeated.class);

    List<Class<?>> BEANS = List.of(Own.class, Heir.class, Open.class, Later.class, Repeated.class);

    R fire(K id);

    R fireFor(K id, String other);

    R before(K id, int kind);

    R these(K id, int kind);

    R others(K id, int kind);

    @Singleton
    class Own extends Answers.AtOnce implements NamedEnds<String, String> {
        @Invalidate("mx-end")
        @Override
        public String fire(String id) {
            return made(id, 0);
        }

        @Invalidate(value = "mx-end", arguments = "id={1}")
        @Override
        public String fireFor(String id, String other) {
            return made(id, 0);
        }

        @Invalidate(value = "mx-end", afterInvocation = false)
        @Override
        public String before(String id, int kind) {
            return made(id, kind);
        }

        @Invalidate(value = "mx-end", evictFor = IllegalStateException.class)
        @Override
        public String these(String id, int kind) {
            return made(id, kind);
        }

        @Invalidate(value = "mx-end", noEvictFor = IllegalStateException.class)
        @Override
        public String others(String id, int kind) {
            return made(id, kind);
        }
    }

    @Singleton
    @Typed(Heir.class)
    class Heir extends Own {}

    /** What a generic interface hands down. */
    interface Bequest<K, R> extends NamedEnds<K, R> {
        R made(String id, int kind);

        @Invalidate("mx-end")
        @Override
        default R fire(K id) {
            return made(String.valueOf(id), 0);
        }

        @Invalidate(value = "mx-end", arguments = "id={1}")
        @Override
        default R fireFor(K id, String other) {
            return made(String.valueOf(id), 0);
        }

        @Invalidate(value = "mx-end", afterInvocation = false)
        @Override
        default R before(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @Invalidate(value = "mx-end", evictFor = IllegalStateException.class)
        @Override
        default R these(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @Invalidate(value = "mx-end", noEvictFor = IllegalStateException.class)
        @Override
        default R others(K id, int kind) {
            return made(String.valueOf(id), kind);
        }
    }

    @Singleton
    class Open extends Answers.AtOnce implements Bequest<String, String> {}

    @Singleton
    class Later extends Answers.Later implements Bequest<String, CompletionStage<String>> {}

    @Singleton
    class Repeated extends Answers.AtOnce implements NamedEnds<String, String> {
        @Invalidate(value = "mx-end", arguments = "id=nothing")
        @Invalidate("mx-end")
        @Override
        public String fire(String id) {
            return made(id, 0);
        }

        @Invalidate(value = "mx-end", arguments = "id=nothing")
        @Invalidate(value = "mx-end", arguments = "id={1}")
        @Override
        public String fireFor(String id, String other) {
            return made(id, 0);
        }

        @Invalidate(value = "mx-end", arguments = "id=nothing")
        @Invalidate(value = "mx-end", afterInvocation = false)
        @Override
        public String before(String id, int kind) {
            return made(id, kind);
        }

        @Invalidate(value = "mx-end", arguments = "id=nothing")
        @Invalidate(value = "mx-end", evictFor = IllegalStateException.class)
        @Override
        public String these(String id, int kind) {
            return made(id, kind);
        }

        @Invalidate(value = "mx-end", arguments = "id=nothing")
        @Invalidate(value = "mx-end", noEvictFor = IllegalStateException.class)
        @Override
        public String others(String id, int kind) {
            return made(id, kind);
        }
    }
}
