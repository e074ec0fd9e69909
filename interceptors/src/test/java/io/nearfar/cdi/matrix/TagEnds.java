package io.nearfar.cdi.matrix;

import io.nearfar.cdi.annotation.InvalidateTags;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code @InvalidateTags} at methods: one for each member.
 *
 * @param <K> what an id is
 * @param <R> a text, or a stage of one
 */
public interface TagEnds<K, R> extends Counted {
    List<Shape<TagEnds<String, ?>>> SHAPES =
            Shape.and(Shape.all(TagEnds.class, Own.class, Heir.class, Open.class, Later.class), Repeated.class);

    List<Class<?>> BEANS = List.of(Own.class, Heir.class, Open.class, Later.class, Repeated.class);

    R end(K id);

    R elsewhere(K id);

    R before(K id, int kind);

    R these(K id, int kind);

    R others(K id, int kind);

    R softly(K id);

    @Singleton
    class Own extends Answers.AtOnce implements TagEnds<String, String> {
        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}")
        @Override
        public String end(String id) {
            return made(id, 0);
        }

        @InvalidateTags(cacheName = "mx-other", value = "tag:{id}")
        @Override
        public String elsewhere(String id) {
            return made(id, 0);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}", afterInvocation = false)
        @Override
        public String before(String id, int kind) {
            return made(id, kind);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}", evictFor = IllegalStateException.class)
        @Override
        public String these(String id, int kind) {
            return made(id, kind);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}", noEvictFor = IllegalStateException.class)
        @Override
        public String others(String id, int kind) {
            return made(id, kind);
        }

        @InvalidateTags(cacheName = "mx-soft", value = "tag:{id}", soft = true)
        @Override
        public String softly(String id) {
            return made(id, 0);
        }
    }

    @Singleton
    @Typed(Heir.class)
    class Heir extends Own {}

    /** What a generic interface hands down. */
    interface Bequest<K, R> extends TagEnds<K, R> {
        R made(String id, int kind);

        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}")
        @Override
        default R end(K id) {
            return made(String.valueOf(id), 0);
        }

        @InvalidateTags(cacheName = "mx-other", value = "tag:{id}")
        @Override
        default R elsewhere(K id) {
            return made(String.valueOf(id), 0);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}", afterInvocation = false)
        @Override
        default R before(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}", evictFor = IllegalStateException.class)
        @Override
        default R these(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}", noEvictFor = IllegalStateException.class)
        @Override
        default R others(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @InvalidateTags(cacheName = "mx-soft", value = "tag:{id}", soft = true)
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
    class Repeated extends Answers.AtOnce implements TagEnds<String, String> {
        @InvalidateTags(cacheName = "mx-tags", value = "none")
        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}")
        @Override
        public String end(String id) {
            return made(id, 0);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "none")
        @InvalidateTags(cacheName = "mx-other", value = "tag:{id}")
        @Override
        public String elsewhere(String id) {
            return made(id, 0);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "none")
        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}", afterInvocation = false)
        @Override
        public String before(String id, int kind) {
            return made(id, kind);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "none")
        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}", evictFor = IllegalStateException.class)
        @Override
        public String these(String id, int kind) {
            return made(id, kind);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "none")
        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}", noEvictFor = IllegalStateException.class)
        @Override
        public String others(String id, int kind) {
            return made(id, kind);
        }

        @InvalidateTags(cacheName = "mx-tags", value = "none")
        @InvalidateTags(cacheName = "mx-soft", value = "tag:{id}", soft = true)
        @Override
        public String softly(String id) {
            return made(id, 0);
        }
    }
}
