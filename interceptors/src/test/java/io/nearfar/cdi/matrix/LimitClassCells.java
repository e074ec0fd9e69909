package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Beans.fails;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;

import io.nearfar.Decision;
import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.matrix.LimitCells.ByCall;
import io.nearfar.cdi.matrix.LimitCells.Facts;
import io.nearfar.cdi.matrix.LimitCells.Three;
import jakarta.inject.Singleton;
import java.util.List;

/** The members of {@code @RateLimited} where it stands at a class: one limit for all its methods together. */
final class LimitClassCells {
    static final List<Class<?>> BEANS = List.of(
            Two.class,
            Brief.class,
            Keyed.class,
            Resolved.class,
            Tiers.class,
            Exempting.class,
            Answering.class,
            Shadow.class,
            Hot.class,
            Closed.class,
            Several.class);

    private LimitClassCells() {}

    @Singleton
    @RateLimited(limit = 2, window = "1h")
    public static class Two {
        public void one() {}

        public void other() {}
    }

    @Singleton
    @RateLimited(limit = 1, window = "1ms")
    public static class Brief {
        public void call() {}
    }

    @Singleton
    @RateLimited(limit = 1, window = "1h", key = LimitKey.HEADER, keyName = Facts.TENANT)
    public static class Keyed {
        public void call() {}
    }

    @Singleton
    @RateLimited(limit = 1, window = "1h", keyResolver = ByCall.class)
    public static class Resolved {
        public void call(int id) {}
    }

    @Singleton
    @RateLimited(limit = 1, window = "1h", tiers = Three.class)
    public static class Tiers {
        public void call() {}
    }

    @Singleton
    @RateLimited(limit = 1, window = "1h", exemptRoles = "mx-admin")
    public static class Exempting {
        public void call() {}
    }

    @Singleton
    @RateLimited(limit = 1, window = "1h", fallbackMethod = "instead")
    public static class Answering {
        public String call(int id) {
            return "own";
        }

        public String instead(int id) {
            return "instead " + id;
        }
    }

    @Singleton
    @RateLimited(limit = 1, window = "1h", shadow = true)
    public static class Shadow {
        public void call() {}
    }

    @Singleton
    @RateLimited(name = "mx-class-hot", limit = 10_000, window = "1m", key = LimitKey.ALL, mode = LimitMode.LEASED)
    public static class Hot {
        public void call() {}
    }

    @Singleton
    @RateLimited(limit = 1, window = "1h", outage = LimitOutage.CLOSED)
    public static class Closed {
        public void call() {}
    }

    @Singleton
    @RateLimited(name = "mx-class-wide", limit = 5, window = "1h")
    @RateLimited(name = "mx-class-narrow", limit = 1, window = "1h")
    public static class Several {
        public void call() {}
    }

    static List<Cell> members() {
        return List.of(
                limit("limit", beans -> {
                    Two bean = beans.of(Two.class);
                    return !fails(bean::one) && !fails(bean::other) && fails(bean::one) && fails(bean::other);
                }),
                limit("window", beans -> {
                    Brief bean = beans.of(Brief.class);
                    bean.call();
                    return Beans.comes(() -> !fails(bean::call));
                }),
                limit("key", LimitClassCells::isKeyed),
                limit("keyName", beans -> {
                    Facts.tenant = "named";
                    Keyed bean = beans.of(Keyed.class);
                    return !fails(bean::call) && fails(bean::call);
                }),
                limit("keyResolver", beans -> {
                    Resolved bean = beans.of(Resolved.class);
                    return !fails(() -> bean.call(1)) && !fails(() -> bean.call(2)) && fails(() -> bean.call(1));
                }),
                limit("tiers", beans -> {
                    Tiers bean = beans.of(Tiers.class);
                    return Beans.passes(4, bean::call) == 3;
                }),
                limit("exemptRoles", beans -> {
                    Exempting bean = beans.of(Exempting.class);
                    Facts.isAdministrator = true;
                    int passed = Beans.passes(3, bean::call);
                    Facts.isAdministrator = false;
                    return passed == 3 && Beans.passes(2, bean::call) == 1;
                }),
                limit("fallbackMethod", beans -> {
                    Answering bean = beans.of(Answering.class);
                    return bean.call(1).equals("own") && bean.call(2).equals("instead 2");
                }),
                limit("shadow", beans -> {
                    Shadow bean = beans.of(Shadow.class);
                    return Beans.passes(3, bean::call) == 3;
                }),
                limit("mode", beans -> {
                    Hot bean = beans.of(Hot.class);
                    return Beans.comes(() -> !fails(bean::call) && Facts.last == Decision.Basis.LEASED);
                }),
                limit("", beans -> {
                    Several bean = beans.of(Several.class);
                    return Beans.passes(2, bean::call) == 1;
                }));
    }

    /** Last of all, for the server refuses to count. */
    static List<Cell> outages() {
        return List.of(limit("outage", beans -> {
            Closed bean = beans.of(Closed.class);
            try (Refusing server = Refusing.scripts()) {
                return fails(bean::call) && server.isThere();
            }
        }));
    }

    private static boolean isKeyed(Beans beans) {
        Keyed bean = beans.of(Keyed.class);
        Facts.tenant = "a";
        boolean first = !fails(bean::call) && fails(bean::call);
        Facts.tenant = "b";
        return first && !fails(bean::call);
    }

    private static Cell limit(String member, Cell.Check check) {
        return new Cell(RateLimited.class, member, CLASS, check);
    }
}
