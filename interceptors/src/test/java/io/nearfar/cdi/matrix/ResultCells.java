package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Beans.once;
import static io.nearfar.cdi.matrix.Cell.Place.ASYNCHRONOUS;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.INTERFACE;
import static io.nearfar.cdi.matrix.Cell.Place.METHOD;
import static io.nearfar.cdi.matrix.Cell.Place.OVERRIDDEN;

import io.nearfar.cdi.matrix.Spies.OneCache;
import io.nearfar.cdi.matrix.Spies.OneKey;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;

/** {@code @CacheResult}, {@code @CacheDefaults} and {@code @CacheKey}. */
final class ResultCells {
    static final List<Class<?>> BEANS = List.of(
            Results.class,
            OfClass.class,
            Defaulted.class,
            Resolved.class,
            Generated.class,
            Child.class,
            Overriding.class,
            Answering.class,
            Polite.class,
            Numbers.class);

    private ResultCells() {}

    @Singleton
    public static class Results {
        int calls;

        @CacheResult(cacheName = "mx-named")
        public String named(int id) {
            return id + ":" + ++calls;
        }

        @CacheResult(cacheName = "mx-skipped", skipGet = true)
        public String skipped(int id) {
            return id + ":" + ++calls;
        }

        @CacheResult(cacheResolverFactory = OneCache.class)
        public String resolved(int id) {
            return id + ":" + ++calls;
        }

        @CacheResult(cacheName = "mx-generated", cacheKeyGenerator = OneKey.class)
        public String generated(int id) {
            return id + ":" + ++calls;
        }

        @CacheResult(cacheName = "mx-fail", exceptionCacheName = "mx-failures")
        public String failing(int kind) {
            calls++;
            Spies.fail(kind);
            return "";
        }

        @CacheResult(
                cacheName = "mx-fail",
                exceptionCacheName = "mx-these",
                cachedExceptions = IllegalStateException.class)
        public String these(int kind) {
            calls++;
            Spies.fail(kind);
            return "";
        }

        @CacheResult(
                cacheName = "mx-fail",
                exceptionCacheName = "mx-others",
                nonCachedExceptions = IllegalStateException.class)
        public String others(int kind) {
            calls++;
            Spies.fail(kind);
            return "";
        }

        @CacheResult(cacheName = "mx-later")
        public CompletionStage<String> later(int id) {
            return CompletableFuture.completedFuture(id + ":" + ++calls);
        }

        @CacheResult(cacheName = "mx-keyed")
        public String keyed(@CacheKey int id, String other) {
            return id + other + ++calls;
        }
    }

    @Singleton
    @CacheResult(cacheName = "mx-class")
    public static class OfClass {
        int calls;

        public String find(int id) {
            return id + ":" + ++calls;
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "mx-defaults")
    public static class Defaulted {
        int calls;

        @CacheResult
        public String find(int id) {
            return id + ":" + ++calls;
        }
    }

    @Singleton
    @CacheDefaults(cacheResolverFactory = OneCache.class)
    public static class Resolved {
        int calls;

        @CacheResult
        public String find(String id) {
            return id + ":" + ++calls;
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "mx-defaults-key", cacheKeyGenerator = OneKey.class)
    public static class Generated {
        int calls;

        @CacheResult
        public String find(int id) {
            return id + ":" + ++calls;
        }
    }

    /** Not a bean itself. */
    @CacheDefaults(cacheName = "mx-inherited")
    public static class Parent {
        int calls;

        @CacheResult
        public String find(int id) {
            return id + ":" + ++calls;
        }
    }

    @Singleton
    public static class Child extends Parent {}

    @Singleton
    public static class Overriding extends Parent {
        @Override
        public String find(int id) {
            return id + ":" + ++calls;
        }
    }

    /** An annotation without effect, as the deployment warns. */
    public interface Asked {
        @CacheResult(cacheName = "mx-interface")
        String ask(int id);
    }

    @Singleton
    public static class Answering implements Asked {
        int calls;

        @Override
        public String ask(int id) {
            return id + ":" + ++calls;
        }
    }

    /** A default method that beans inherit. */
    public interface Greeting {
        @CacheResult(cacheName = "mx-default-method")
        default String greet(int id) {
            return "hello " + System.nanoTime();
        }
    }

    @Singleton
    public static class Polite implements Greeting {}

    /** What other beans know of numbers. */
    public interface Finder<K, V> {
        V find(K key);
    }

    /** Not a bean itself. */
    public abstract static class Store<K, V> implements Finder<K, V> {
        int calls;

        @Override
        @CacheResult(cacheName = "mx-generic")
        public V find(K key) {
            calls++;
            return load(key);
        }

        protected abstract V load(K key);
    }

    @Singleton
    public static class Numbers extends Store<Integer, String> {
        @Override
        protected String load(Integer key) {
            return key + ":" + calls;
        }
    }

    static List<Cell> members() {
        return List.of(
                result("", METHOD, beans -> named(beans)),
                result("cacheName", METHOD, beans -> named(beans) && beans.size("mx-named") == 1),
                result("skipGet", METHOD, beans -> {
                    Results results = beans.of(Results.class);
                    return !results.skipped(1).equals(results.skipped(1)) && beans.size("mx-skipped") == 1;
                }),
                result("cacheResolverFactory", METHOD, beans -> {
                    Results results = beans.of(Results.class);
                    return once(() -> results.resolved(71), () -> results.calls) && beans.size(Spies.RESOLVED) > 0;
                }),
                result("cacheKeyGenerator", METHOD, beans -> {
                    Results results = beans.of(Results.class);
                    return results.generated(1).equals(results.generated(2));
                }),
                result("exceptionCacheName", METHOD, beans -> {
                    Results results = beans.of(Results.class);
                    return tries(results, () -> results.failing(1)) == 1 && beans.size("mx-failures") == 1;
                }),
                result("cachedExceptions", METHOD, beans -> {
                    Results results = beans.of(Results.class);
                    return tries(results, () -> results.these(1)) == 1 && tries(results, () -> results.these(2)) == 2;
                }),
                result("nonCachedExceptions", METHOD, beans -> {
                    Results results = beans.of(Results.class);
                    return tries(results, () -> results.others(1)) == 2 && tries(results, () -> results.others(2)) == 1;
                }));
    }

    static List<Cell> places() {
        return List.of(
                result("cacheName", CLASS, beans -> {
                    OfClass bean = beans.of(OfClass.class);
                    return once(() -> bean.find(1), () -> bean.calls) && beans.size("mx-class") == 1;
                }),
                result("", INHERITED, beans -> {
                    Child bean = beans.of(Child.class);
                    return once(() -> bean.find(1), () -> bean.calls);
                }),
                result("", OVERRIDDEN, beans -> {
                    Overriding bean = beans.of(Overriding.class);
                    return !bean.find(1).equals(bean.find(1));
                }),
                result("", INTERFACE, beans -> {
                    Answering bean = beans.of(Answering.class);
                    Polite polite = beans.of(Polite.class);
                    return !bean.ask(1).equals(bean.ask(1)) && polite.greet(1).equals(polite.greet(1));
                }),
                result("", GENERIC, beans -> {
                    Numbers bean = beans.of(Numbers.class);
                    Finder<Integer, String> finder = bean;
                    return once(() -> finder.find(1), () -> bean.calls)
                            && bean.find(1).equals(finder.find(1));
                }),
                result("", ASYNCHRONOUS, beans -> {
                    Results results = beans.of(Results.class);
                    return once(() -> results.later(1).toCompletableFuture().join(), () -> results.calls);
                }));
    }

    static List<Cell> defaults() {
        return List.of(
                new Cell(CacheDefaults.class, "cacheName", CLASS, beans -> {
                    Defaulted bean = beans.of(Defaulted.class);
                    return once(() -> bean.find(1), () -> bean.calls) && beans.size("mx-defaults") == 1;
                }),
                new Cell(CacheDefaults.class, "cacheResolverFactory", CLASS, beans -> {
                    Resolved bean = beans.of(Resolved.class);
                    int before = beans.size(Spies.RESOLVED);
                    return once(() -> bean.find("by defaults"), () -> bean.calls)
                            && beans.size(Spies.RESOLVED) == before + 1;
                }),
                new Cell(CacheDefaults.class, "cacheKeyGenerator", CLASS, beans -> {
                    Generated bean = beans.of(Generated.class);
                    return bean.find(1).equals(bean.find(2));
                }),
                new Cell(CacheDefaults.class, "cacheName", INHERITED, beans -> {
                    beans.of(Child.class).find(1);
                    return beans.size("mx-inherited") > 0;
                }),
                new Cell(CacheKey.class, "", METHOD, beans -> {
                    Results results = beans.of(Results.class);
                    return results.keyed(1, "a").equals(results.keyed(1, "b"));
                }));
    }

    private static boolean named(Beans beans) {
        Results results = beans.of(Results.class);
        results.named(1);
        return results.named(1).equals(results.named(1)) && results.named(1).startsWith("1:");
    }

    private static int tries(Results results, Beans.Call call) {
        int before = results.calls;
        return Beans.passes(2, call) == 0 ? results.calls - before : 0;
    }

    private static Cell result(String member, Cell.Place place, Cell.Check check) {
        return new Cell(CacheResult.class, member, place, check);
    }
}
