package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Beans.fails;
import static io.nearfar.cdi.matrix.Beans.once;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;

import io.nearfar.cdi.matrix.ChangeCells.Filler;
import io.nearfar.cdi.matrix.Spies.OneCache;
import io.nearfar.cdi.matrix.Spies.OneKey;
import jakarta.inject.Singleton;
import java.util.List;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** The members of the standard's annotations where they stand at a class, and hold for its methods. */
final class ClassCells {
    static final List<Class<?>> BEANS = List.of(
            Skipping.class,
            Resolved.class,
            Generated.class,
            Failing.class,
            FailingThese.class,
            FailingOthers.class,
            PutBefore.class,
            PutResolved.class,
            PutGenerated.class,
            PutThese.class,
            PutOthers.class,
            RemoveBefore.class,
            RemoveResolved.class,
            RemoveGenerated.class,
            RemoveThese.class,
            RemoveOthers.class,
            ClearBefore.class,
            ClearResolved.class,
            ClearThese.class,
            ClearOthers.class);

    private ClassCells() {}

    @Singleton
    @CacheResult(cacheName = "mx-class-skipped", skipGet = true)
    public static class Skipping {
        int calls;

        public String find(int id) {
            return id + ":" + ++calls;
        }
    }

    @Singleton
    @CacheResult(cacheResolverFactory = OneCache.class)
    public static class Resolved {
        int calls;

        public String find(String id) {
            return id + ":" + ++calls;
        }
    }

    @Singleton
    @CacheResult(cacheName = "mx-class-generated", cacheKeyGenerator = OneKey.class)
    public static class Generated {
        int calls;

        public String find(int id) {
            return id + ":" + ++calls;
        }
    }

    @Singleton
    @CacheResult(cacheName = "mx-class-fail", exceptionCacheName = "mx-class-failures")
    public static class Failing {
        int calls;

        public String find(int kind) {
            calls++;
            Spies.fail(kind);
            return "";
        }
    }

    @Singleton
    @CacheResult(
            cacheName = "mx-class-fail",
            exceptionCacheName = "mx-class-these",
            cachedExceptions = IllegalStateException.class)
    public static class FailingThese {
        int calls;

        public String find(int kind) {
            calls++;
            Spies.fail(kind);
            return "";
        }
    }

    @Singleton
    @CacheResult(
            cacheName = "mx-class-fail",
            exceptionCacheName = "mx-class-others",
            nonCachedExceptions = IllegalStateException.class)
    public static class FailingOthers {
        int calls;

        public String find(int kind) {
            calls++;
            Spies.fail(kind);
            return "";
        }
    }

    @Singleton
    @CachePut(cacheName = "mx-class-put-before", afterInvocation = false)
    public static class PutBefore {
        public void put(int id, @CacheValue String value) {
            Spies.fail(id);
        }
    }

    @Singleton
    @CachePut(cacheResolverFactory = OneCache.class)
    public static class PutResolved {
        public void put(String id, @CacheValue String value) {}
    }

    @Singleton
    @CachePut(cacheName = "mx-class-put-key", cacheKeyGenerator = OneKey.class)
    public static class PutGenerated {
        public void put(int id, @CacheValue String value) {}
    }

    @Singleton
    @CachePut(cacheName = "mx-class-put-for", cacheFor = IllegalStateException.class)
    public static class PutThese {
        public void put(int id, @CacheValue String value) {
            Spies.fail(id);
        }
    }

    @Singleton
    @CachePut(cacheName = "mx-class-put-not-for", noCacheFor = IllegalStateException.class)
    public static class PutOthers {
        public void put(int id, @CacheValue String value) {
            Spies.fail(id);
        }
    }

    @Singleton
    @CacheRemove(cacheName = "mx-remove", afterInvocation = false)
    public static class RemoveBefore {
        public void remove(@CacheKey String id, int kind) {
            Spies.fail(kind);
        }
    }

    @Singleton
    @CacheRemove(cacheResolverFactory = OneCache.class)
    public static class RemoveResolved {
        public void remove(String id) {}
    }

    @Singleton
    @CacheRemove(cacheName = "mx-remove-key", cacheKeyGenerator = OneKey.class)
    public static class RemoveGenerated {
        public void remove(String id) {}
    }

    @Singleton
    @CacheRemove(cacheName = "mx-remove", evictFor = IllegalStateException.class)
    public static class RemoveThese {
        public void remove(@CacheKey String id, int kind) {
            Spies.fail(kind);
        }
    }

    @Singleton
    @CacheRemove(cacheName = "mx-remove", noEvictFor = IllegalStateException.class)
    public static class RemoveOthers {
        public void remove(@CacheKey String id, int kind) {
            Spies.fail(kind);
        }
    }

    @Singleton
    @CacheRemoveAll(cacheName = "mx-clear", afterInvocation = false)
    public static class ClearBefore {
        public void clear(int kind) {
            Spies.fail(kind);
        }
    }

    @Singleton
    @CacheRemoveAll(cacheResolverFactory = OneCache.class)
    public static class ClearResolved {
        public void clear() {}
    }

    @Singleton
    @CacheRemoveAll(cacheName = "mx-clear", evictFor = IllegalStateException.class)
    public static class ClearThese {
        public void clear(int kind) {
            Spies.fail(kind);
        }
    }

    @Singleton
    @CacheRemoveAll(cacheName = "mx-clear", noEvictFor = IllegalStateException.class)
    public static class ClearOthers {
        public void clear(int kind) {
            Spies.fail(kind);
        }
    }

    static List<Cell> results() {
        return List.of(
                result("skipGet", beans -> {
                    Skipping bean = beans.of(Skipping.class);
                    return !bean.find(1).equals(bean.find(1)) && beans.size("mx-class-skipped") == 1;
                }),
                result("cacheResolverFactory", beans -> {
                    Resolved bean = beans.of(Resolved.class);
                    int before = beans.size(Spies.RESOLVED);
                    return once(() -> bean.find("of class"), () -> bean.calls)
                            && beans.size(Spies.RESOLVED) == before + 1;
                }),
                result("cacheKeyGenerator", beans -> {
                    Generated bean = beans.of(Generated.class);
                    return bean.find(1).equals(bean.find(2));
                }),
                result("exceptionCacheName", beans -> {
                    Failing bean = beans.of(Failing.class);
                    return Beans.passes(2, () -> bean.find(1)) == 0
                            && bean.calls == 1
                            && beans.size("mx-class-failures") == 1;
                }),
                result("cachedExceptions", beans -> {
                    FailingThese bean = beans.of(FailingThese.class);
                    return Beans.passes(2, () -> bean.find(1)) == 0
                            && bean.calls == 1
                            && Beans.passes(2, () -> bean.find(2)) == 0
                            && bean.calls == 3;
                }),
                result("nonCachedExceptions", beans -> {
                    FailingOthers bean = beans.of(FailingOthers.class);
                    return Beans.passes(2, () -> bean.find(1)) == 0
                            && bean.calls == 2
                            && Beans.passes(2, () -> bean.find(2)) == 0
                            && bean.calls == 3;
                }));
    }

    static List<Cell> puts() {
        return List.of(
                put("afterInvocation", beans -> {
                    fails(() -> beans.of(PutBefore.class).put(1, "a"));
                    return beans.size("mx-class-put-before") == 1;
                }),
                put("cacheResolverFactory", beans -> {
                    int before = beans.size(Spies.RESOLVED);
                    beans.of(PutResolved.class).put("put of class", "a");
                    return beans.size(Spies.RESOLVED) == before + 1;
                }),
                put("cacheKeyGenerator", beans -> {
                    beans.of(PutGenerated.class).put(1, "a");
                    beans.of(PutGenerated.class).put(2, "b");
                    return beans.size("mx-class-put-key") == 1;
                }),
                put("cacheFor", beans -> {
                    fails(() -> beans.of(PutThese.class).put(2, "a"));
                    int before = beans.size("mx-class-put-for");
                    fails(() -> beans.of(PutThese.class).put(1, "a"));
                    return before == 0 && beans.size("mx-class-put-for") == 1;
                }),
                put("noCacheFor", beans -> {
                    fails(() -> beans.of(PutOthers.class).put(1, "a"));
                    int before = beans.size("mx-class-put-not-for");
                    fails(() -> beans.of(PutOthers.class).put(2, "a"));
                    return before == 0 && beans.size("mx-class-put-not-for") == 1;
                }));
    }

    static List<Cell> removes() {
        return List.of(
                remove(
                        "afterInvocation",
                        beans -> ChangeCells.ends(
                                beans,
                                "of class",
                                () -> beans.of(RemoveBefore.class).remove("of class", 1))),
                remove("cacheResolverFactory", beans -> {
                    beans.of(Filler.class).putResolved("gone of class", "a");
                    int before = beans.size(Spies.RESOLVED);
                    beans.of(RemoveResolved.class).remove("gone of class");
                    return beans.size(Spies.RESOLVED) == before - 1;
                }),
                remove("cacheKeyGenerator", beans -> {
                    beans.of(Filler.class).putGenerated("any", "a");
                    int before = beans.size("mx-remove-key");
                    beans.of(RemoveGenerated.class).remove("other");
                    return before == 1 && beans.size("mx-remove-key") == 0;
                }),
                remove("evictFor", beans -> {
                    RemoveThese bean = beans.of(RemoveThese.class);
                    return !ChangeCells.ends(beans, "these", () -> bean.remove("these", 2))
                            && ChangeCells.ends(beans, "these", () -> bean.remove("these", 1));
                }),
                remove("noEvictFor", beans -> {
                    RemoveOthers bean = beans.of(RemoveOthers.class);
                    return !ChangeCells.ends(beans, "others", () -> bean.remove("others", 1))
                            && ChangeCells.ends(beans, "others", () -> bean.remove("others", 2));
                }));
    }

    static List<Cell> clears() {
        return List.of(
                clear(
                        "afterInvocation",
                        beans -> ChangeCells.clears(
                                beans, () -> beans.of(ClearBefore.class).clear(1))),
                clear("cacheResolverFactory", beans -> {
                    beans.of(Filler.class).putResolved("cleared of class", "a");
                    beans.of(ClearResolved.class).clear();
                    return beans.size(Spies.RESOLVED) == 0;
                }),
                clear("evictFor", beans -> {
                    ClearThese bean = beans.of(ClearThese.class);
                    return !ChangeCells.clears(beans, () -> bean.clear(2))
                            && ChangeCells.clears(beans, () -> bean.clear(1));
                }),
                clear("noEvictFor", beans -> {
                    ClearOthers bean = beans.of(ClearOthers.class);
                    return !ChangeCells.clears(beans, () -> bean.clear(1))
                            && ChangeCells.clears(beans, () -> bean.clear(2));
                }));
    }

    private static Cell result(String member, Cell.Check check) {
        return new Cell(CacheResult.class, member, CLASS, check);
    }

    private static Cell put(String member, Cell.Check check) {
        return new Cell(CachePut.class, member, CLASS, check);
    }

    private static Cell remove(String member, Cell.Check check) {
        return new Cell(CacheRemove.class, member, CLASS, check);
    }

    private static Cell clear(String member, Cell.Check check) {
        return new Cell(CacheRemoveAll.class, member, CLASS, check);
    }
}
