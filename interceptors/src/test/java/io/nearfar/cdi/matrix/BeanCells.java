package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.POINT;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.Warmer;
import io.nearfar.Warming;
import io.nearfar.WarmingProgress;
import io.nearfar.cdi.annotation.CacheWarmer;
import io.nearfar.cdi.annotation.NamedCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** {@code @NamedCache} and {@code @CacheWarmer}. */
final class BeanCells {
    static final List<Class<?>> BEANS =
            List.of(Injected.class, InjectedBelow.class, Warm.class, Often.class, Slowly.class, Known.class);

    private BeanCells() {}

    @Singleton
    public static class Injected {
        @Inject
        @NamedCache("mx-injected")
        Cache<Integer, String> field;

        NearfarCache<Integer, String> parameter;

        @Inject
        void take(@NamedCache("mx-injected") NearfarCache<Integer, String> cache) {
            parameter = cache;
        }
    }

    /** Not a bean itself. */
    public abstract static class Injecting<V> {
        @Inject
        @NamedCache("mx-injected-above")
        Cache<Integer, String> field;

        @Inject
        @NamedCache("mx-injected-open")
        Cache<Integer, V> open;
    }

    @Singleton
    public static class InjectedBelow extends Injecting<String> {}

    @ApplicationScoped
    @CacheWarmer(cache = "mx-warm", name = "mx-warming", every = "1h", keysPerSecond = 1_000)
    public static class Warm implements Warmer<String, String> {
        @Override
        public void warm(Warming<String, String> warming) {
            warming.load("key", context -> "warm");
        }
    }

    /** Runs again and again. */
    @ApplicationScoped
    @CacheWarmer(cache = "mx-warm-often", every = "1s")
    public static class Often implements Warmer<String, String> {
        private final AtomicInteger runs = new AtomicInteger();

        @Override
        public void warm(Warming<String, String> warming) {
            warming.load("run-" + runs.incrementAndGet(), context -> "warm");
        }

        /** How often it has run in this container. */
        public int runs() {
            return runs.get();
        }
    }

    /** Loads one key each quarter of a second. */
    @ApplicationScoped
    @CacheWarmer(cache = "mx-warm-slowly", name = "mx-slowly", keysPerSecond = 4)
    public static class Slowly implements Warmer<Integer, String> {
        @Override
        public void warm(Warming<Integer, String> warming) {
            for (int i = 0; i < 3; i++) {
                warming.load(i, context -> "warm");
            }
        }
    }

    /** Not a bean itself: a subclass says of what type the values are. */
    public abstract static class Unknown<V> implements Warmer<Integer, V> {
        private final AtomicInteger runs = new AtomicInteger();

        /** A value. */
        protected abstract V value();

        @Override
        public void warm(Warming<Integer, V> warming) {
            int run = 10 * runs.incrementAndGet();
            for (int i = 0; i < 3; i++) {
                warming.load(run + i, context -> value());
            }
        }

        /** How often it has run in this container. */
        public int runs() {
            return runs.get();
        }
    }

    @ApplicationScoped
    @CacheWarmer(cache = "mx-warm-known", name = "mx-known", every = "1s", keysPerSecond = 4)
    public static class Known extends Unknown<String> {
        @Override
        protected String value() {
            return "warm";
        }
    }

    static List<Cell> points() {
        return List.of(
                new Cell(NamedCache.class, "value", POINT, beans -> {
                    Injected injected = beans.of(Injected.class);
                    injected.field.put(1, "one");
                    return injected.parameter.get(1).equals("one") && beans.size("mx-injected") == 1;
                }),
                new Cell(NamedCache.class, "value", INHERITED, beans -> {
                    beans.of(InjectedBelow.class).field.put(1, "one");
                    return beans.size("mx-injected-above") == 1;
                }),
                new Cell(NamedCache.class, "value", GENERIC, beans -> {
                    InjectedBelow bean = beans.of(InjectedBelow.class);
                    bean.open.put(1, "one");
                    return beans.size("mx-injected-open") == 1
                            && beans.of(CacheManager.class).getCache("mx-injected-open", Integer.class, String.class)
                                    != null;
                }));
    }

    static List<Cell> warmers() {
        return List.of(
                warmer("cache", CLASS, beans -> Beans.comes(() -> beans.size("mx-warm-often") > 0)),
                warmer("name", CLASS, beans -> progress(beans, "mx-warming") != null),
                warmer(
                        "every",
                        CLASS,
                        beans -> Beans.comes(() -> beans.of(Often.class).runs() > 1)),
                warmer("keysPerSecond", CLASS, beans -> isSlow(beans, "mx-slowly")),
                warmer("cache", GENERIC, beans -> Beans.comes(() -> beans.size("mx-warm-known") > 0)),
                warmer("name", GENERIC, beans -> progress(beans, "mx-known") != null),
                warmer(
                        "every",
                        GENERIC,
                        beans -> Beans.comes(() -> beans.of(Known.class).runs() > 1)),
                warmer("keysPerSecond", GENERIC, beans -> isSlow(beans, "mx-known")));
    }

    private static @Nullable WarmingProgress progress(Beans beans, String name) {
        return beans.of(CacheManager.class).unwrap(NearfarManager.class).warmings().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Three keys take half a second at four a second. */
    private static boolean isSlow(Beans beans, String name) throws Exception {
        return Beans.comes(() -> {
            WarmingProgress progress = progress(beans, name);
            return progress != null && progress.state() == WarmingProgress.State.DONE && took(progress) >= 300;
        });
    }

    private static long took(WarmingProgress progress) {
        Instant begun = progress.begun();
        Instant ended = progress.ended();
        return begun == null || ended == null
                ? 0
                : Duration.between(begun, ended).toMillis();
    }

    private static Cell warmer(String member, Cell.Place place, Cell.Check check) {
        return new Cell(CacheWarmer.class, member, place, check);
    }
}
