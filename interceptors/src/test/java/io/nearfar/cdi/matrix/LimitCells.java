package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Beans.fails;
import static io.nearfar.cdi.matrix.Cell.Place.ASYNCHRONOUS;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.METHOD;
import static io.nearfar.cdi.matrix.Cell.Place.POINT;
import static io.nearfar.cdi.matrix.Cell.Place.REPEATED;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.Warmer;
import io.nearfar.Warming;
import io.nearfar.WarmingProgress;
import io.nearfar.cdi.annotation.CacheWarmer;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.LimitKeyResolver;
import io.nearfar.cdi.annotation.LimitTierResolver;
import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.cdi.annotation.NamedCache;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.request.RequestFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** {@code @RateLimited}, {@code @NamedCache} and {@code @CacheWarmer}. */
final class LimitCells {
    static final List<Class<?>> BEANS = List.of(
            Limited.class,
            OfClass.class,
            Child.class,
            Facts.class,
            ByCall.class,
            Three.class,
            Injected.class,
            Warm.class,
            Often.class,
            Slowly.class);

    private LimitCells() {}

    @Singleton
    public static class Limited {
        @RateLimited(name = "mx-name", limit = 1, window = "1h")
        public void named() {}

        @RateLimited(name = "mx-name", limit = 1, window = "1h")
        public void namedToo() {}

        @RateLimited(limit = 2, window = "1h")
        public void two() {}

        @RateLimited(limit = 1, window = "1ms")
        public void brief() {}

        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "id")
        public void keyed(int id, String other) {}

        @RateLimited(limit = 1, window = "1h", keyResolver = ByCall.class)
        public void resolved(int id) {}

        @RateLimited(limit = 1, window = "1h", tiers = Three.class)
        public void tiers() {}

        @RateLimited(limit = 1, window = "1h", exemptRoles = "mx-admin")
        public void exempting() {}

        @RateLimited(limit = 1, window = "1h", fallbackMethod = "instead")
        public String answering(int id) {
            return "own";
        }

        public String instead(int id) {
            return "instead " + id;
        }

        @RateLimited(name = "mx-hot", limit = 10_000, window = "1m", key = LimitKey.ALL, mode = LimitMode.LEASED)
        public void hot() {}

        @RateLimited(name = "mx-open", limit = 1, window = "1h", outage = LimitOutage.OPEN)
        public void open() {}

        @RateLimited(name = "mx-closed", limit = 1, window = "1h", outage = LimitOutage.CLOSED)
        public void closed() {}

        @RateLimited(name = "mx-local", limit = 1, window = "1h", outage = LimitOutage.LOCAL)
        public void local() {}

        @RateLimited(limit = 1, window = "1h", shadow = true)
        public void shadow() {}

        @RateLimited(name = "mx-narrow", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(name = "mx-wide", limit = 2, window = "1h", key = LimitKey.ALL)
        public void several(int id) {}

        @RateLimited(limit = 1, window = "1h")
        public CompletionStage<String> later() {
            return CompletableFuture.completedStage("");
        }
    }

    @Singleton
    @RateLimited(name = "mx-class", limit = 1, window = "1h")
    public static class OfClass {
        public void one() {}

        public void other() {}
    }

    /** Not a bean itself. */
    @RateLimited(name = "mx-parent", limit = 1, window = "1h")
    public abstract static class Parent<K> {
        public void inherited() {}

        @RateLimited(name = "mx-generic", limit = 1, window = "1h", key = LimitKey.ALL)
        @RateLimited(name = "mx-generic-more", limit = 5, window = "1h")
        public void generic(K id) {}
    }

    @Singleton
    public static class Child extends Parent<String> {}

    /** Says that a caller is an administrator if a test wants one, and remembers by what was decided last. */
    @ApplicationScoped
    public static class Facts implements RequestFacts {
        /** The header by which callers can be told apart. */
        static final String TENANT = "X-Tenant";

        static volatile boolean isAdministrator;
        static volatile String tenant = "";
        static volatile Decision.@Nullable Basis last;

        @Override
        public Consumer<Decision> listener() {
            return decision -> last = decision.basis();
        }

        @Override
        public @Nullable String header(String name) {
            return name.equals(TENANT) ? tenant : null;
        }

        @Override
        public boolean isInRole(String role) {
            return isAdministrator && role.equals("mx-admin");
        }
    }

    @ApplicationScoped
    public static class ByCall implements LimitKeyResolver {
        @Override
        public @Nullable String key(LimitedCall call) {
            return String.valueOf(call.arguments().get(0));
        }
    }

    @ApplicationScoped
    public static class Three implements LimitTierResolver {
        @Override
        public Limit limit(LimitedCall call, Limit declared) {
            return new Limit(declared.name(), 3, declared.window(), declared.outage());
        }
    }

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
        static final AtomicInteger RUNS = new AtomicInteger();

        @Override
        public void warm(Warming<String, String> warming) {
            warming.load("run-" + RUNS.incrementAndGet(), context -> "warm");
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

    static List<Cell> members() {
        return List.of(
                limit("name", METHOD, beans -> {
                    Limited limited = beans.of(Limited.class);
                    return !fails(limited::named) && fails(limited::namedToo);
                }),
                limit("limit", METHOD, beans -> {
                    Limited limited = beans.of(Limited.class);
                    return Beans.passes(3, limited::two) == 2;
                }),
                limit("window", METHOD, beans -> {
                    Limited limited = beans.of(Limited.class);
                    limited.brief();
                    return Beans.comes(() -> !fails(limited::brief));
                }),
                limit("key", METHOD, LimitCells::isKeyed),
                limit(
                        "keyName",
                        METHOD,
                        beans -> !fails(() -> beans.of(Limited.class).keyed(3, "a"))
                                && fails(() -> beans.of(Limited.class).keyed(3, "b"))),
                limit("keyResolver", METHOD, beans -> {
                    Limited limited = beans.of(Limited.class);
                    return !fails(() -> limited.resolved(1))
                            && !fails(() -> limited.resolved(2))
                            && fails(() -> limited.resolved(1));
                }),
                limit("tiers", METHOD, beans -> {
                    Limited limited = beans.of(Limited.class);
                    return Beans.passes(4, limited::tiers) == 3;
                }),
                limit("exemptRoles", METHOD, LimitCells::isExempt),
                limit("fallbackMethod", METHOD, beans -> {
                    Limited limited = beans.of(Limited.class);
                    return limited.answering(1).equals("own")
                            && limited.answering(2).equals("instead 2");
                }),
                limit("mode", METHOD, beans -> {
                    Limited limited = beans.of(Limited.class);
                    limited.open();
                    return Facts.last == Decision.Basis.COUNTED
                            && Beans.comes(() -> !fails(limited::hot) && Facts.last == Decision.Basis.LEASED);
                }),
                limit("shadow", METHOD, beans -> {
                    Limited limited = beans.of(Limited.class);
                    return Beans.passes(2, limited::shadow) == 2;
                }));
    }

    static List<Cell> places() {
        return List.of(
                limit("name", CLASS, beans -> {
                    OfClass bean = beans.of(OfClass.class);
                    return !fails(bean::one) && fails(bean::other);
                }),
                limit("limit", REPEATED, LimitCells::areBoth),
                new Cell(RateLimited.List.class, "value", REPEATED, beans -> {
                    Limited limited = beans.of(Limited.class);
                    fails(() -> limited.several(4));
                    return fails(() -> limited.several(4));
                }),
                limit("name", INHERITED, beans -> {
                    Child bean = beans.of(Child.class);
                    return !fails(bean::inherited) && fails(bean::inherited);
                }),
                limit("name", GENERIC, beans -> {
                    Child bean = beans.of(Child.class);
                    fails(() -> bean.generic("a"));
                    return fails(() -> bean.generic("b"));
                }),
                limit("limit", ASYNCHRONOUS, beans -> {
                    Limited limited = beans.of(Limited.class);
                    limited.later().toCompletableFuture().join();
                    return fails(() -> limited.later().toCompletableFuture().join());
                }));
    }

    static List<Cell> caches() {
        return List.of(
                new Cell(NamedCache.class, "value", POINT, beans -> {
                    Injected injected = beans.of(Injected.class);
                    injected.field.put(1, "one");
                    return injected.parameter.get(1).equals("one") && beans.size("mx-injected") == 1;
                }),
                new Cell(
                        CacheWarmer.class, "cache", CLASS, beans -> Beans.comes(() -> beans.size("mx-warm-often") > 0)),
                new Cell(CacheWarmer.class, "name", CLASS, beans -> progress(beans, "mx-warming") != null),
                new Cell(CacheWarmer.class, "every", CLASS, beans -> Beans.comes(() -> Often.RUNS.get() > 1)),
                new Cell(CacheWarmer.class, "keysPerSecond", CLASS, LimitCells::isSlow));
    }

    /** Last of all, for the server refuses to count. */
    static List<Cell> outages() {
        return List.of(limit("outage", METHOD, beans -> {
            Limited limited = beans.of(Limited.class);
            try (Refusing server = Refusing.scripts()) {
                return Beans.passes(2, limited::open) == 2
                        && fails(limited::closed)
                        && !fails(limited::local)
                        && fails(limited::local)
                        && server.isThere();
            }
        }));
    }

    private static @Nullable WarmingProgress progress(Beans beans, String name) {
        return beans.of(CacheManager.class).unwrap(NearfarManager.class).warmings().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Three keys take half a second at four a second. */
    private static boolean isSlow(Beans beans) {
        return Beans.comes(() -> {
            WarmingProgress progress = progress(beans, "mx-slowly");
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

    private static boolean isKeyed(Beans beans) {
        Limited limited = beans.of(Limited.class);
        return !fails(() -> limited.keyed(1, "a"))
                && !fails(() -> limited.keyed(2, "a"))
                && fails(() -> limited.keyed(1, "a"));
    }

    private static boolean isExempt(Beans beans) {
        Limited limited = beans.of(Limited.class);
        Facts.isAdministrator = true;
        try {
            limited.exempting();
            limited.exempting();
        } finally {
            Facts.isAdministrator = false;
        }
        return !fails(limited::exempting) && fails(limited::exempting);
    }

    /** A call that the narrow one refuses is charged to none, so the wide one has room for another. */
    private static boolean areBoth(Beans beans) {
        Limited limited = beans.of(Limited.class);
        return !fails(() -> limited.several(1))
                && fails(() -> limited.several(1))
                && !fails(() -> limited.several(2))
                && fails(() -> limited.several(3));
    }

    private static Cell limit(String member, Cell.Place place, Cell.Check check) {
        return new Cell(RateLimited.class, member, place, check);
    }
}
