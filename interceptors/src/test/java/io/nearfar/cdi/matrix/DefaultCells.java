package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Answers.once;
import static io.nearfar.cdi.matrix.Answers.text;

import io.nearfar.cdi.cache.GeneratedKey;
import io.nearfar.cdi.matrix.Spies.OneCache;
import io.nearfar.cdi.matrix.Spies.OneKey;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheResult;

/** {@code @CacheDefaults}: at the class of a bean, and at a generic class above it. */
final class DefaultCells {
    static final List<Class<?>> BEANS = List.of(
            OwnName.class,
            NameAbove.class,
            LaterName.class,
            OwnResolver.class,
            ResolverAbove.class,
            LaterResolver.class,
            OwnKey.class,
            KeyAbove.class,
            LaterKey.class);

    private DefaultCells() {}

    /** What all beans can do. */
    public interface Finder<K, R> extends Counted {
        R find(K id);
    }

    /** Not a bean itself. */
    public abstract static class Base<K, R> implements Finder<K, R> {
        private final Answers<R> answers;

        Base(Answers<R> answers) {
            this.answers = answers;
        }

        @Override
        @CacheResult
        public R find(K id) {
            return answers.made(String.valueOf(id), 0);
        }

        @Override
        public int calls() {
            return answers.calls();
        }

        @Override
        public void fail(boolean fail) {
            answers.fail(fail);
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "mx-defaults")
    public static class OwnName extends Answers.AtOnce implements Finder<String, String> {
        @Override
        @CacheResult
        public String find(String id) {
            return made(id, 0);
        }
    }

    /** Not a bean itself. */
    @CacheDefaults(cacheName = "mx-defaults")
    public abstract static class Name<K, R> extends Base<K, R> {
        Name(Answers<R> answers) {
            super(answers);
        }
    }

    @Singleton
    public static class NameAbove extends Name<String, String> {
        public NameAbove() {
            super(new Answers.AtOnce() {});
        }
    }

    @Singleton
    public static class LaterName extends Name<String, CompletionStage<String>> {
        public LaterName() {
            super(new Answers.Later() {});
        }
    }

    @Singleton
    @CacheDefaults(cacheResolverFactory = OneCache.class)
    public static class OwnResolver extends Answers.AtOnce implements Finder<String, String> {
        @Override
        @CacheResult
        public String find(String id) {
            return made(id, 0);
        }
    }

    /** Not a bean itself. */
    @CacheDefaults(cacheResolverFactory = OneCache.class)
    public abstract static class Resolver<K, R> extends Base<K, R> {
        Resolver(Answers<R> answers) {
            super(answers);
        }
    }

    @Singleton
    public static class ResolverAbove extends Resolver<String, String> {
        public ResolverAbove() {
            super(new Answers.AtOnce() {});
        }
    }

    @Singleton
    public static class LaterResolver extends Resolver<String, CompletionStage<String>> {
        public LaterResolver() {
            super(new Answers.Later() {});
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "mx-defaults-key", cacheKeyGenerator = OneKey.class)
    public static class OwnKey extends Answers.AtOnce implements Finder<String, String> {
        @Override
        @CacheResult
        public String find(String id) {
            return made(id, 0);
        }
    }

    /** Not a bean itself. */
    @CacheDefaults(cacheName = "mx-defaults-key", cacheKeyGenerator = OneKey.class)
    public abstract static class Key<K, R> extends Base<K, R> {
        Key(Answers<R> answers) {
            super(answers);
        }
    }

    @Singleton
    public static class KeyAbove extends Key<String, String> {
        public KeyAbove() {
            super(new Answers.AtOnce() {});
        }
    }

    @Singleton
    public static class LaterKey extends Key<String, CompletionStage<String>> {
        public LaterKey() {
            super(new Answers.Later() {});
        }
    }

    static List<Cell> cells() {
        return Stream.of(
                        Shape.cells(
                                shapes(OwnName.class, NameAbove.class, LaterName.class),
                                CacheDefaults.class,
                                "cacheName",
                                (beans, bean, id) -> {
                                    int before = beans.size("mx-defaults");
                                    return once(bean, () -> bean.find(id)) && beans.size("mx-defaults") == before + 1;
                                }),
                        Shape.cells(
                                shapes(OwnResolver.class, ResolverAbove.class, LaterResolver.class),
                                CacheDefaults.class,
                                "cacheResolverFactory",
                                (beans, bean, id) -> {
                                    int before = beans.size(Spies.RESOLVED);
                                    return once(bean, () -> bean.find(id)) && beans.size(Spies.RESOLVED) == before + 1;
                                }),
                        Shape.cells(
                                shapes(OwnKey.class, KeyAbove.class, LaterKey.class),
                                CacheDefaults.class,
                                "cacheKeyGenerator",
                                (beans, bean, id) -> {
                                    String first = text(() -> bean.find(id));
                                    return text(() -> bean.find(id + " too")).equals(first)
                                            && beans.cache("mx-defaults-key").remove(GeneratedKey.of("one"))
                                            && !text(() -> bean.find(id)).equals(first);
                                }))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Shape<Finder<String, ?>>> shapes(
            Class<? extends Finder<String, ?>> own,
            Class<? extends Finder<String, ?>> above,
            Class<? extends Finder<String, ?>> later) {
        return List.of(
                new Shape<>(Cell.Place.CLASS, Finder.class, own, true),
                new Shape<>(Cell.Place.INHERITED, Finder.class, above, true),
                new Shape<>(Cell.Place.GENERIC, Finder.class, above, false),
                new Shape<>(Cell.Place.ASYNCHRONOUS, Finder.class, later, false));
    }
}
