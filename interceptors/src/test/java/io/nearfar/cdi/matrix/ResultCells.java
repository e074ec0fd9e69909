package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Answers.once;
import static io.nearfar.cdi.matrix.Answers.reached;
import static io.nearfar.cdi.matrix.Answers.text;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.INTERFACE;
import static io.nearfar.cdi.matrix.Cell.Place.OVERRIDDEN;

import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;

/** {@code @CacheResult} and {@code @CacheKey}. */
final class ResultCells {
    static final List<Class<?>> BEANS = List.of(
            OfClass.class,
            KeyedOfClass.class,
            Child.class,
            Overriding.class,
            Above.class,
            Below.class,
            Answering.class,
            Polite.class,
            Rude.class,
            Numbers.class);

    private ResultCells() {}

    @Singleton
    @CacheResult(cacheName = "mx-class")
    public static class OfClass {
        int calls;

        public String find(int id) {
            return id + ":" + ++calls;
        }
    }

    @Singleton
    @CacheResult(cacheName = "mx-class-keyed")
    public static class KeyedOfClass {
        int calls;

        public String find(@CacheKey int id, String other) {
            return id + other + ++calls;
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

    /** What stands at a class holds for what the class inherits, and not for its subclasses. */
    @Singleton
    @CacheResult(cacheName = "mx-class-above")
    public static class Above extends Plain {}

    /** Not a bean itself. */
    public abstract static class Plain {
        int calls;

        public String find(int id) {
            return id + ":" + ++calls;
        }
    }

    @Singleton
    @Typed(Below.class)
    public static class Below extends Above {}

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

    /** A default method that overrides has only its own annotations, too. */
    public interface Curt extends Greeting {
        @Override
        default String greet(int id) {
            return "yes " + System.nanoTime();
        }
    }

    @Singleton
    public static class Rude implements Curt {}

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
        return Stream.of(
                        result("cacheName", (beans, bean, id) -> {
                            int before = beans.size("mx-named");
                            return once(bean, () -> bean.named(id)) && beans.size("mx-named") == before + 1;
                        }),
                        result("skipGet", (beans, bean, id) -> {
                            int before = beans.size("mx-skipped");
                            return !text(() -> bean.skipped(id)).equals(text(() -> bean.skipped(id)))
                                    && beans.size("mx-skipped") == before + 1;
                        }),
                        result("cacheResolverFactory", (beans, bean, id) -> {
                            int before = beans.size(Spies.RESOLVED);
                            return once(bean, () -> bean.resolved(id)) && beans.size(Spies.RESOLVED) == before + 1;
                        }),
                        result("cacheKeyGenerator", (beans, bean, id) -> {
                            String first = text(() -> bean.generated(id));
                            return text(() -> bean.generated(id + " too")).equals(first)
                                    && beans.cache("mx-generated").remove(GeneratedKey.of("one"))
                                    && !text(() -> bean.generated(id)).equals(first);
                        }),
                        result("exceptionCacheName", (beans, bean, id) -> {
                            int before = beans.size("mx-failures");
                            return reached(bean, () -> bean.failing(id, 1)) == 1
                                    && beans.size("mx-failures") == before + 1;
                        }),
                        result(
                                "cachedExceptions",
                                (beans, bean, id) -> reached(bean, () -> bean.these(id, 1)) == 1
                                        && reached(bean, () -> bean.these(id, 2)) == 2),
                        result(
                                "nonCachedExceptions",
                                (beans, bean, id) -> reached(bean, () -> bean.others(id, 1)) == 2
                                        && reached(bean, () -> bean.others(id, 2)) == 1),
                        Shape.cells(
                                Results.SHAPES,
                                CacheKey.class,
                                "",
                                (beans, bean, id) ->
                                        text(() -> bean.keyed(id, "a")).equals(text(() -> bean.keyed(id, "b")))))
                .flatMap(List::stream)
                .toList();
    }

    static List<Cell> places() {
        return List.of(
                result("cacheName", CLASS, beans -> {
                    OfClass bean = beans.of(OfClass.class);
                    return Beans.once(() -> bean.find(1), () -> bean.calls) && beans.size("mx-class") == 1;
                }),
                new Cell(CacheKey.class, "", CLASS, beans -> {
                    KeyedOfClass bean = beans.of(KeyedOfClass.class);
                    return bean.find(1, "a").equals(bean.find(1, "b"));
                }),
                result("", INHERITED, beans -> {
                    Child bean = beans.of(Child.class);
                    Above above = beans.of(Above.class);
                    Below below = beans.of(Below.class);
                    return Beans.once(() -> bean.find(1), () -> bean.calls)
                            && Beans.once(() -> above.find(1), () -> above.calls)
                            && !below.find(1).equals(below.find(1));
                }),
                result("", OVERRIDDEN, beans -> {
                    Overriding bean = beans.of(Overriding.class);
                    Rude rude = beans.of(Rude.class);
                    return !bean.find(1).equals(bean.find(1)) && !rude.greet(1).equals(rude.greet(1));
                }),
                result("", INTERFACE, beans -> {
                    Answering bean = beans.of(Answering.class);
                    Polite polite = beans.of(Polite.class);
                    return !bean.ask(1).equals(bean.ask(1)) && polite.greet(1).equals(polite.greet(1));
                }),
                result("", GENERIC, beans -> {
                    Numbers bean = beans.of(Numbers.class);
                    Finder<Integer, String> finder = bean;
                    return Beans.once(() -> finder.find(1), () -> bean.calls)
                            && bean.find(1).equals(finder.find(1));
                }));
    }

    private static List<Cell> result(String member, Shape.Check<Results<String, ?>> check) {
        return Shape.cells(Results.SHAPES, CacheResult.class, member, check);
    }

    private static Cell result(String member, Cell.Place place, Cell.Check check) {
        return new Cell(CacheResult.class, member, place, check);
    }
}
