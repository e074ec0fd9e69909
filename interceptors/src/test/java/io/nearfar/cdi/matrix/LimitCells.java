package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Answers.fails;
import static io.nearfar.cdi.matrix.Answers.passes;
import static io.nearfar.cdi.matrix.Answers.text;
import static io.nearfar.cdi.matrix.Cell.Place.ASYNCHRONOUS;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.REPEATED;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.LimitKeyResolver;
import io.nearfar.cdi.annotation.LimitTierResolver;
import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.limit.LimitGate;
import io.nearfar.cdi.request.RequestFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code @RateLimited}. */
final class LimitCells {
    static final List<Class<?>> BEANS =
            List.of(Limited.class, OfClass.class, Child.class, Facts.class, ByCall.class, Three.class);

    private LimitCells() {}

    @Singleton
    public static class Limited {
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

    static List<Cell> members() {
        return Stream.of(
                        limit(
                                "name",
                                (beans, bean, id) -> !fails(() -> bean.named(id)) && fails(() -> bean.namedToo(id))),
                        limit("limit", (beans, bean, id) -> passes(3, () -> bean.two(id)) == 2),
                        limit("window", (beans, bean, id) -> {
                            text(() -> bean.brief(id));
                            return Beans.comes(() -> !fails(() -> bean.brief(id)));
                        }),
                        limit(
                                "key",
                                (beans, bean, id) -> passes(3, () -> bean.two(id)) == 2
                                        && passes(3, () -> bean.two(id + " other")) == 2),
                        limit(
                                "keyName",
                                (beans, bean, id) -> !fails(() -> bean.keyed("a", id))
                                        && fails(() -> bean.keyed("b", id))
                                        && !fails(() -> bean.keyed("a", id + " other"))),
                        limit(
                                "keyResolver",
                                (beans, bean, id) -> passes(2, () -> bean.keyResolved(id)) == 1
                                        && passes(2, () -> bean.keyResolved(id + " other")) == 1),
                        limit("tiers", (beans, bean, id) -> passes(4, () -> bean.tiers(id)) == 3),
                        limit("exemptRoles", LimitCells::isExempt),
                        limit(
                                "fallbackMethod",
                                (beans, bean, id) -> text(() -> bean.answering(id, 0))
                                                .startsWith(id)
                                        && text(() -> bean.answering(id, 0)).startsWith("instead of " + id)
                                        && fails(() -> bean.answering(id, 1))),
                        limit(
                                "mode",
                                (beans, bean, id) -> !fails(() -> bean.two(id))
                                        && Facts.last == Decision.Basis.COUNTED
                                        && Beans.comes(() ->
                                                !fails(() -> bean.hot(id)) && Facts.last == Decision.Basis.LEASED)),
                        limit("shadow", LimitCells::isShadow))
                .flatMap(List::stream)
                .toList();
    }

    static List<Cell> places() {
        return List.of(
                limit("name", CLASS, beans -> {
                    OfClass bean = beans.of(OfClass.class);
                    return !Beans.fails(bean::one) && Beans.fails(bean::other);
                }),
                limit("", REPEATED, LimitCells::areBoth),
                new Cell(RateLimited.List.class, "value", REPEATED, beans -> {
                    Limited limited = beans.of(Limited.class);
                    return Beans.passes(2, () -> limited.several(4)) < 2;
                }),
                limit("", INHERITED, beans -> {
                    Child bean = beans.of(Child.class);
                    return Beans.passes(2, bean::inherited) == 1;
                }),
                limit("", GENERIC, beans -> {
                    Child bean = beans.of(Child.class);
                    return Beans.passes(2, () -> bean.generic("a")) < 2;
                }),
                limit("", ASYNCHRONOUS, beans -> {
                    Limited limited = beans.of(Limited.class);
                    return passes(2, limited::later) == 1;
                }));
    }

    /** Last of all, for the server refuses to count. */
    static List<Cell> outages() {
        return limit("outage", (beans, bean, id) -> {
            try (Refusing server = Refusing.scripts()) {
                return passes(2, () -> bean.open(id)) == 2
                        && passes(2, () -> bean.closed(id)) == 0
                        && passes(2, () -> bean.local(id)) == 1
                        && server.isThere();
            }
        });
    }

    private static boolean isExempt(Beans beans, Limits<String, ?> bean, String id) {
        Facts.isAdministrator = true;
        int passed;
        try {
            passed = passes(3, () -> bean.exempting(id));
        } finally {
            Facts.isAdministrator = false;
        }
        return passed == 3 && passes(2, () -> bean.exempting(id)) == 1;
    }

    /** What would have been refused is counted, by and by. */
    private static boolean isShadow(Beans beans, Limits<String, ?> bean, String id) throws Exception {
        boolean isOne = passes(1, () -> bean.shadow(id)) == 1;
        long before = shadowed(beans);
        return isOne && Beans.comes(() -> passes(1, () -> bean.shadow(id)) == 1 && shadowed(beans) > before);
    }

    private static long shadowed(Beans beans) {
        return beans.of(LimitGate.class).figures().get("mx-shadow").shadowed();
    }

    /** A call that the narrow one refuses is charged to none, so the wide one has room for another. */
    private static boolean areBoth(Beans beans) {
        Limited limited = beans.of(Limited.class);
        return Beans.passes(2, () -> limited.several(1)) == 1
                && Beans.passes(1, () -> limited.several(2)) == 1
                && Beans.passes(1, () -> limited.several(3)) == 0;
    }

    private static List<Cell> limit(String member, Shape.Check<Limits<String, ?>> check) {
        return Shape.cells(Limits.SHAPES, RateLimited.class, member, check);
    }

    private static Cell limit(String member, Cell.Place place, Cell.Check check) {
        return new Cell(RateLimited.class, member, place, check);
    }
}
