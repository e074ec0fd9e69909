package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Beans.fails;
import static io.nearfar.cdi.matrix.Cell.Place.ASYNCHRONOUS;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.METHOD;

import io.nearfar.cdi.matrix.Spies.OneCache;
import io.nearfar.cdi.matrix.Spies.OneKey;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheValue;

/** {@code @CachePut}, {@code @CacheRemove}, {@code @CacheRemoveAll} and {@code @CacheValue}: each looks at a cache of its own. */
final class ChangeCells {
    static final List<Class<?>> BEANS = List.of(
            Puts.class,
            Removes.class,
            Clears.class,
            PutOfClass.class,
            RemoveOfClass.class,
            ClearOfClass.class,
            Heir.class);

    private static final CompletableFuture<Void> STAGE = new CompletableFuture<>();

    private ChangeCells() {}

    @Singleton
    public static class Puts {
        @CachePut(cacheName = "mx-put")
        public void put(int id, @CacheValue String value) {}

        @CachePut(cacheName = "mx-put-before", afterInvocation = false)
        public void before(int id, @CacheValue String value) {
            Spies.fail(id);
        }

        @CachePut(cacheResolverFactory = OneCache.class)
        public void resolved(String id, @CacheValue String value) {}

        @CachePut(cacheName = "mx-put-key", cacheKeyGenerator = OneKey.class)
        public void generated(int id, @CacheValue String value) {}

        @CachePut(cacheName = "mx-put-for", cacheFor = IllegalStateException.class)
        public void these(int id, @CacheValue String value) {
            Spies.fail(id);
        }

        @CachePut(cacheName = "mx-put-not-for", noCacheFor = IllegalStateException.class)
        public void others(int id, @CacheValue String value) {
            Spies.fail(id);
        }

        @CachePut(cacheName = "mx-put-stage", cacheKeyGenerator = OneKey.class)
        public CompletionStage<Void> stage(int id, @CacheValue String value) {
            return STAGE;
        }
    }

    @Singleton
    public static class Removes {
        @CachePut(cacheName = "mx-remove")
        public void put(int id, @CacheValue String value) {}

        @CacheRemove(cacheName = "mx-remove")
        public void remove(int id) {}

        @CacheRemove(cacheName = "mx-remove", afterInvocation = false)
        public void before(int id) {
            Spies.fail(id);
        }

        @CachePut(cacheResolverFactory = OneCache.class)
        public void putResolved(String id, @CacheValue String value) {}

        @CacheRemove(cacheResolverFactory = OneCache.class)
        public void resolved(String id) {}

        @CachePut(cacheName = "mx-remove-key", cacheKeyGenerator = OneKey.class)
        public void putGenerated(int id, @CacheValue String value) {}

        @CacheRemove(cacheName = "mx-remove-key", cacheKeyGenerator = OneKey.class)
        public void generated(int id) {}

        @CacheRemove(cacheName = "mx-remove", evictFor = IllegalStateException.class)
        public void these(int id) {
            Spies.fail(id);
        }

        @CacheRemove(cacheName = "mx-remove", noEvictFor = IllegalStateException.class)
        public void others(int id) {
            Spies.fail(id);
        }

        @CacheRemove(cacheName = "mx-remove")
        public CompletionStage<String> later(int id) {
            return CompletableFuture.completedStage("");
        }
    }

    @Singleton
    public static class Clears {
        @CachePut(cacheName = "mx-clear")
        public void put(int id, @CacheValue String value) {}

        @CacheRemoveAll(cacheName = "mx-clear")
        public void clear() {}

        @CacheRemoveAll(cacheName = "mx-clear", afterInvocation = false)
        public void before(int kind) {
            Spies.fail(kind);
        }

        @CacheRemoveAll(cacheResolverFactory = OneCache.class)
        public void resolved() {}

        @CacheRemoveAll(cacheName = "mx-clear", evictFor = IllegalStateException.class)
        public void these(int kind) {
            Spies.fail(kind);
        }

        @CacheRemoveAll(cacheName = "mx-clear", noEvictFor = IllegalStateException.class)
        public void others(int kind) {
            Spies.fail(kind);
        }

        @CacheRemoveAll(cacheName = "mx-clear")
        public CompletionStage<String> later() {
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
        return List.of(
                put("", METHOD, beans -> puts(beans, "mx-put", puts -> puts.put(1, "a")) == 1),
                put("cacheName", METHOD, beans -> puts(beans, "mx-put", puts -> puts.put(3, "a")) == 1),
                new Cell(CacheValue.class, "", METHOD, beans -> puts(beans, "mx-put", puts -> puts.put(4, "a")) == 1),
                put("afterInvocation", METHOD, beans -> puts(beans, "mx-put-before", puts -> puts.before(1, "a")) == 1),
                put(
                        "cacheResolverFactory",
                        METHOD,
                        beans -> puts(beans, Spies.RESOLVED, puts -> puts.resolved("put", "a")) == 1),
                put(
                        "cacheKeyGenerator",
                        METHOD,
                        beans -> puts(beans, "mx-put-key", puts -> {
                                    puts.generated(1, "a");
                                    puts.generated(2, "b");
                                })
                                == 1),
                put(
                        "cacheFor",
                        METHOD,
                        beans -> puts(beans, "mx-put-for", puts -> puts.these(2, "a")) == 0
                                && puts(beans, "mx-put-for", puts -> puts.these(1, "a")) == 1),
                put(
                        "noCacheFor",
                        METHOD,
                        beans -> puts(beans, "mx-put-not-for", puts -> puts.others(1, "a")) == 0
                                && puts(beans, "mx-put-not-for", puts -> puts.others(2, "a")) == 1),
                put("", ASYNCHRONOUS, beans -> {
                    CompletionStage<Void> stage = beans.of(Puts.class).stage(1, "a");
                    int before = beans.size("mx-put-stage");
                    STAGE.complete(null);
                    stage.toCompletableFuture().join();
                    return before == 0 && beans.size("mx-put-stage") == 1;
                }),
                put("cacheName", CLASS, beans -> {
                    beans.of(PutOfClass.class).put(1, "a");
                    return beans.size("mx-of-class") == 1;
                }),
                put("", INHERITED, ChangeCells::heirPuts),
                put("", GENERIC, ChangeCells::heirPuts));
    }

    static List<Cell> removes() {
        return List.of(
                remove("", METHOD, beans -> ends(beans, 0, removes -> removes.remove(0))),
                remove("cacheName", METHOD, beans -> ends(beans, 0, removes -> removes.remove(0))),
                remove("afterInvocation", METHOD, beans -> ends(beans, 1, removes -> removes.before(1))),
                remove("cacheResolverFactory", METHOD, beans -> {
                    Removes removes = beans.of(Removes.class);
                    removes.putResolved("gone", "a");
                    int before = beans.size(Spies.RESOLVED);
                    removes.resolved("gone");
                    return beans.size(Spies.RESOLVED) == before - 1;
                }),
                remove("cacheKeyGenerator", METHOD, beans -> {
                    beans.of(Removes.class).putGenerated(1, "a");
                    int before = beans.size("mx-remove-key");
                    beans.of(Removes.class).generated(2);
                    return before == 1 && beans.size("mx-remove-key") == 0;
                }),
                remove(
                        "evictFor",
                        METHOD,
                        beans -> !ends(beans, 2, removes -> removes.these(2))
                                && ends(beans, 1, removes -> removes.these(1))),
                remove(
                        "noEvictFor",
                        METHOD,
                        beans -> !ends(beans, 1, removes -> removes.others(1))
                                && ends(beans, 2, removes -> removes.others(2))),
                remove(
                        "",
                        ASYNCHRONOUS,
                        beans -> ends(
                                beans,
                                0,
                                removes ->
                                        removes.later(0).toCompletableFuture().join())),
                remove("cacheName", CLASS, beans -> {
                    beans.of(PutOfClass.class).put(2, "a");
                    int before = beans.size("mx-of-class");
                    beans.of(RemoveOfClass.class).remove(2);
                    return beans.size("mx-of-class") == before - 1;
                }),
                remove("", INHERITED, ChangeCells::heirRemoves),
                remove("", GENERIC, ChangeCells::heirRemoves));
    }

    static List<Cell> clears() {
        return List.of(
                clear("", METHOD, beans -> clears(beans, Clears::clear)),
                clear("cacheName", METHOD, beans -> clears(beans, Clears::clear)),
                clear("afterInvocation", METHOD, beans -> clears(beans, clears -> clears.before(1))),
                clear("cacheResolverFactory", METHOD, beans -> {
                    beans.of(Removes.class).putResolved("cleared", "a");
                    beans.of(Clears.class).resolved();
                    return beans.size(Spies.RESOLVED) == 0;
                }),
                clear(
                        "evictFor",
                        METHOD,
                        beans -> !clears(beans, clears -> clears.these(2)) && clears(beans, clears -> clears.these(1))),
                clear(
                        "noEvictFor",
                        METHOD,
                        beans -> !clears(beans, clears -> clears.others(1))
                                && clears(beans, clears -> clears.others(2))),
                clear(
                        "",
                        ASYNCHRONOUS,
                        beans -> clears(
                                beans,
                                clears -> clears.later().toCompletableFuture().join())),
                clear("cacheName", CLASS, beans -> {
                    beans.of(PutOfClass.class).put(3, "a");
                    beans.of(ClearOfClass.class).clear();
                    return beans.size("mx-of-class") == 0;
                }),
                clear("", INHERITED, beans -> {
                    beans.of(Heir.class).put(5, "a");
                    beans.of(Heir.class).clear();
                    return beans.size("mx-heir") == 0;
                }));
    }

    /** Uses a bean. */
    private interface Use<T> {
        void of(T bean) throws Exception;
    }

    private static int puts(Beans beans, String cache, Use<Puts> use) {
        int before = beans.size(cache);
        fails(() -> use.of(beans.of(Puts.class)));
        return beans.size(cache) - before;
    }

    private static boolean ends(Beans beans, int id, Use<Removes> use) {
        beans.of(Removes.class).put(id, "a");
        beans.of(Removes.class).put(id + 100, "other");
        int before = beans.size("mx-remove");
        fails(() -> use.of(beans.of(Removes.class)));
        return beans.size("mx-remove") == before - 1;
    }

    private static boolean clears(Beans beans, Use<Clears> use) {
        beans.of(Clears.class).put(1, "a");
        beans.of(Clears.class).put(2, "b");
        fails(() -> use.of(beans.of(Clears.class)));
        return beans.size("mx-clear") == 0;
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

    private static Cell put(String member, Cell.Place place, Cell.Check check) {
        return new Cell(CachePut.class, member, place, check);
    }

    private static Cell remove(String member, Cell.Place place, Cell.Check check) {
        return new Cell(CacheRemove.class, member, place, check);
    }

    private static Cell clear(String member, Cell.Place place, Cell.Check check) {
        return new Cell(CacheRemoveAll.class, member, place, check);
    }
}
