package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Answers.text;
import static io.nearfar.cdi.matrix.Cell.Place.ASYNCHRONOUS;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;

import io.nearfar.cdi.cache.GeneratedKey;
import io.nearfar.cdi.matrix.Spies.OneCache;
import io.nearfar.cdi.matrix.Spies.OneKey;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheValue;

/** {@code @CachePut}, {@code @CacheRemove}, {@code @CacheRemoveAll} and {@code @CacheValue}. */
final class ChangeCells {
    static final List<Class<?>> BEANS =
            List.of(Filler.class, Waiting.class, PutOfClass.class, RemoveOfClass.class, ClearOfClass.class, Heir.class);

    private ChangeCells() {}

    /** Puts what others remove. */
    @Singleton
    public static class Filler {
        @CachePut(cacheName = "mx-remove")
        public void put(String id, @CacheValue String value) {}

        @CachePut(cacheResolverFactory = OneCache.class)
        public void putResolved(String id, @CacheValue String value) {}

        @CachePut(cacheName = "mx-remove-key", cacheKeyGenerator = OneKey.class)
        public void putGenerated(String id, @CacheValue String value) {}

        @CachePut(cacheName = "mx-clear")
        public void putCleared(String id, @CacheValue String value) {}
    }

    /** Is not complete before it is told to be. */
    @Singleton
    public static class Waiting {
        final CompletableFuture<Void> stage = new CompletableFuture<>();

        @CachePut(cacheName = "mx-put-stage", cacheKeyGenerator = OneKey.class)
        public CompletionStage<Void> put(int id, @CacheValue String value) {
            return stage;
        }

        @CacheRemove(cacheName = "mx-put-stage", cacheKeyGenerator = OneKey.class)
        public CompletionStage<String> remove(int id) {
            return CompletableFuture.completedStage("");
        }

        @CacheRemoveAll(cacheName = "mx-put-stage")
        public CompletionStage<String> clear() {
            return CompletableFuture.completedStage("");
        }
    }

    @Singleton
    @CachePut(cacheName = "mx-of-class")
    public static class PutOfClass {
        public void put(int id, @CacheValue String value) {}
    }

    @Singleton
    @CacheRemove(cacheName = "mx-of-class")
    public static class RemoveOfClass {
        public void remove(int id) {}
    }

    @Singleton
    @CacheRemoveAll(cacheName = "mx-of-class")
    public static class ClearOfClass {
        public void clear() {}
    }

    /** Not a bean itself. */
    public abstract static class Bequest<K, V> {
        @CachePut(cacheName = "mx-heir")
        public void put(K key, @CacheValue V value) {}

        @CacheRemove(cacheName = "mx-heir")
        public void remove(K key) {}

        @CacheRemoveAll(cacheName = "mx-heir")
        public void clear() {}
    }

    @Singleton
    public static class Heir extends Bequest<Integer, String> {}

    static List<Cell> puts() {
        return Stream.of(
                        put("cacheName", (beans, bean, id) -> {
                            boolean isOne = beans.growth("mx-put", () -> text(() -> bean.put(id, "a"))) == 1;
                            return isOne && "a".equals(beans.cache("mx-put").get(GeneratedKey.of(id)));
                        }),
                        Shape.cells(Puts.SHAPES, CacheValue.class, "", (beans, bean, id) -> {
                            text(() -> bean.put(id, "marked"));
                            return "marked".equals(beans.cache("mx-put").get(GeneratedKey.of(id)));
                        }),
                        put(
                                "afterInvocation",
                                (beans, bean, id) ->
                                        beans.growth("mx-put", () -> text(() -> bean.before(id, 1, "a"))) == 1
                                                && Answers.fails(() -> bean.before(id, 1, "a"))),
                        put(
                                "cacheResolverFactory",
                                (beans, bean, id) ->
                                        beans.growth(Spies.RESOLVED, () -> text(() -> bean.resolved(id, "a"))) == 1),
                        put("cacheKeyGenerator", (beans, bean, id) -> {
                            text(() -> bean.generated(id, id));
                            return id.equals(beans.cache("mx-put-key").get(GeneratedKey.of("one")))
                                    && beans.size("mx-put-key") == 1;
                        }),
                        put(
                                "cacheFor",
                                (beans, bean, id) -> beans.growth("mx-put", () -> text(() -> bean.these(id, 2, "a")))
                                                == 0
                                        && beans.growth("mx-put", () -> text(() -> bean.these(id, 1, "a"))) == 1),
                        put(
                                "noCacheFor",
                                (beans, bean, id) -> beans.growth("mx-put", () -> text(() -> bean.others(id, 1, "a")))
                                                == 0
                                        && beans.growth("mx-put", () -> text(() -> bean.others(id, 2, "a"))) == 1))
                .flatMap(List::stream)
                .toList();
    }

    static List<Cell> removes() {
        return Stream.of(
                        remove("cacheName", (beans, bean, id) -> ends(beans, id, () -> text(() -> bean.remove(id)))),
                        remove(
                                "afterInvocation",
                                (beans, bean, id) -> ends(beans, id, () -> text(() -> bean.before(id, 1)))),
                        remove("cacheResolverFactory", (beans, bean, id) -> {
                            beans.of(Filler.class).putResolved(id, "a");
                            return beans.growth(Spies.RESOLVED, () -> text(() -> bean.resolved(id))) == -1;
                        }),
                        remove("cacheKeyGenerator", (beans, bean, id) -> {
                            beans.of(Filler.class).putGenerated("any", "a");
                            return beans.growth("mx-remove-key", () -> text(() -> bean.generated(id))) == -1;
                        }),
                        remove(
                                "evictFor",
                                (beans, bean, id) -> !ends(beans, id, () -> text(() -> bean.these(id, 2)))
                                        && ends(beans, id, () -> text(() -> bean.these(id, 1)))),
                        remove(
                                "noEvictFor",
                                (beans, bean, id) -> !ends(beans, id, () -> text(() -> bean.others(id, 1)))
                                        && ends(beans, id, () -> text(() -> bean.others(id, 2)))))
                .flatMap(List::stream)
                .toList();
    }

    static List<Cell> clears() {
        return Stream.of(
                        clear("cacheName", (beans, bean, id) -> clears(beans, () -> text(() -> bean.clear(id)))),
                        clear(
                                "afterInvocation",
                                (beans, bean, id) -> clears(beans, () -> text(() -> bean.before(id, 1)))),
                        clear("cacheResolverFactory", (beans, bean, id) -> {
                            beans.of(Filler.class).putResolved(id, "a");
                            boolean isThere = beans.size(Spies.RESOLVED) > 0;
                            text(() -> bean.resolved(id));
                            return isThere && beans.size(Spies.RESOLVED) == 0;
                        }),
                        clear(
                                "evictFor",
                                (beans, bean, id) -> !clears(beans, () -> text(() -> bean.these(id, 2)))
                                        && clears(beans, () -> text(() -> bean.these(id, 1)))),
                        clear(
                                "noEvictFor",
                                (beans, bean, id) -> !clears(beans, () -> text(() -> bean.others(id, 1)))
                                        && clears(beans, () -> text(() -> bean.others(id, 2)))))
                .flatMap(List::stream)
                .toList();
    }

    static List<Cell> places() {
        return List.of(
                new Cell(CachePut.class, "", ASYNCHRONOUS, beans -> {
                    Waiting waiting = beans.of(Waiting.class);
                    CompletionStage<Void> stage = waiting.put(1, "a");
                    int before = beans.size("mx-put-stage");
                    waiting.stage.complete(null);
                    stage.toCompletableFuture().join();
                    return before == 0 && beans.size("mx-put-stage") == 1;
                }),
                new Cell(CacheRemove.class, "", ASYNCHRONOUS, beans -> {
                    Waiting waiting = beans.of(Waiting.class);
                    return beans.growth("mx-put-stage", () -> text(() -> waiting.remove(1))) == -1;
                }),
                new Cell(CacheRemoveAll.class, "", ASYNCHRONOUS, beans -> {
                    Waiting waiting = beans.of(Waiting.class);
                    waiting.put(1, "a").toCompletableFuture().join();
                    return beans.growth("mx-put-stage", () -> text(waiting::clear)) == -1;
                }),
                new Cell(CachePut.class, "cacheName", CLASS, ChangeCells::putsOfClass),
                new Cell(CacheValue.class, "", CLASS, ChangeCells::putsOfClass),
                new Cell(CacheRemove.class, "cacheName", CLASS, beans -> {
                    beans.of(PutOfClass.class).put(2, "a");
                    return beans.growth(
                                    "mx-of-class",
                                    () -> beans.of(RemoveOfClass.class).remove(2))
                            == -1;
                }),
                new Cell(CacheRemoveAll.class, "cacheName", CLASS, beans -> {
                    beans.of(PutOfClass.class).put(3, "a");
                    beans.of(ClearOfClass.class).clear();
                    return beans.size("mx-of-class") == 0;
                }),
                new Cell(CachePut.class, "", INHERITED, ChangeCells::heirPuts),
                new Cell(CachePut.class, "", GENERIC, ChangeCells::heirPuts),
                new Cell(CacheRemove.class, "", INHERITED, ChangeCells::heirRemoves),
                new Cell(CacheRemove.class, "", GENERIC, ChangeCells::heirRemoves),
                new Cell(CacheRemoveAll.class, "", INHERITED, beans -> {
                    beans.of(Heir.class).put(5, "a");
                    beans.of(Heir.class).clear();
                    return beans.size("mx-heir") == 0;
                }));
    }

    /** Tells whether a call ends the entry of an id, and no other. */
    static boolean ends(Beans beans, String id, Beans.Call call) {
        Filler filler = beans.of(Filler.class);
        filler.put(id, "a");
        filler.put(id + " other", "other");
        return beans.growth("mx-remove", call) == -1 && beans.cache("mx-remove").get(GeneratedKey.of(id)) == null;
    }

    /** Tells whether a call ends all entries. */
    static boolean clears(Beans beans, Beans.Call call) {
        Filler filler = beans.of(Filler.class);
        filler.putCleared("one", "a");
        filler.putCleared("other", "b");
        return beans.growth("mx-clear", call) == -2;
    }

    private static boolean putsOfClass(Beans beans) {
        beans.of(PutOfClass.class).put(1, "a");
        return beans.size("mx-of-class") == 1
                && "a".equals(beans.cache("mx-of-class").get(GeneratedKey.of(1)));
    }

    private static boolean heirPuts(Beans beans) {
        Heir heir = beans.of(Heir.class);
        heir.clear();
        heir.put(1, "a");
        return beans.size("mx-heir") == 1;
    }

    private static boolean heirRemoves(Beans beans) {
        Heir heir = beans.of(Heir.class);
        heir.clear();
        heir.put(1, "a");
        heir.put(2, "b");
        heir.remove(1);
        return beans.size("mx-heir") == 1;
    }

    private static List<Cell> put(String member, Shape.Check<Puts<String, ?>> check) {
        return Shape.cells(Puts.SHAPES, CachePut.class, member, check);
    }

    private static List<Cell> remove(String member, Shape.Check<Removes<String, ?>> check) {
        return Shape.cells(Removes.SHAPES, CacheRemove.class, member, check);
    }

    private static List<Cell> clear(String member, Shape.Check<Clears<String, ?>> check) {
        return Shape.cells(Clears.SHAPES, CacheRemoveAll.class, member, check);
    }
}
