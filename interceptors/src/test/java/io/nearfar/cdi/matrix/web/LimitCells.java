package io.nearfar.cdi.matrix.web;

import static io.nearfar.cdi.matrix.web.Site.comes;
import static io.nearfar.cdi.matrix.web.Site.header;

import io.nearfar.Limit;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.LimitKeyResolver;
import io.nearfar.cdi.annotation.LimitTierResolver;
import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.cdi.annotation.RateLimited;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code @RateLimited} at methods of resources, and at their classes. */
final class LimitCells {
    static final List<Class<?>> BEANS =
            List.of(Orders.class, OfClass.class, OfParent.class, Heir.class, ByTenant.class, Three.class);

    private static final String TENANT = "X-Tenant";
    private static final String FROM = "X-Forwarded-For";

    private LimitCells() {}

    @ApplicationScoped
    @Path("orders")
    @Produces("text/plain")
    public static class Orders {
        @GET
        @Path("reach")
        @RateLimited(name = "mxw-reach", limit = 1_000_000, window = "1h", key = LimitKey.ADDRESS)
        public String reach() {
            return "reached";
        }

        @GET
        @Path("named")
        @RateLimited(name = "mxw-name", limit = 1, window = "1h")
        public String named() {
            return "one";
        }

        @GET
        @Path("named-too")
        @RateLimited(name = "mxw-name", limit = 1, window = "1h")
        public String namedToo() {
            return "other";
        }

        @GET
        @Path("two")
        @RateLimited(limit = 2, window = "1h")
        public String two() {
            return "two";
        }

        @GET
        @Path("brief")
        @RateLimited(limit = 1, window = "1ms")
        public String brief() {
            return "brief";
        }

        @GET
        @Path("by-caller")
        @RateLimited(limit = 1, window = "1h")
        public String byCaller() {
            return "caller";
        }

        @GET
        @Path("by-all")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.ALL)
        public String byAll() {
            return "all";
        }

        @GET
        @Path("by-address")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.ADDRESS)
        public String byAddress() {
            return "address";
        }

        @GET
        @Path("by-person")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.PRINCIPAL)
        public String byPerson() {
            return "person";
        }

        @GET
        @Path("by-header")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.HEADER, keyName = TENANT)
        public String byHeader() {
            return "header";
        }

        @GET
        @Path("by-parameter/{id}")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.PARAMETER, keyName = "id")
        public String byParameter(@PathParam("id") String id) {
            return id;
        }

        @GET
        @Path("by-argument/{id}")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        public String byArgument(@PathParam("id") String id) {
            return id;
        }

        @GET
        @Path("resolved")
        @RateLimited(limit = 1, window = "1h", keyResolver = ByTenant.class)
        public String resolved() {
            return "resolved";
        }

        @GET
        @Path("tiers")
        @RateLimited(limit = 1, window = "1h", tiers = Three.class)
        public String tiers() {
            return "tiers";
        }

        @GET
        @Path("exempting")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.ALL, exemptRoles = "mx-admin")
        public String exempting() {
            return "exempting";
        }

        @GET
        @Path("answered")
        @RateLimited(limit = 1, window = "1h", fallbackMethod = "instead")
        public String answered() {
            return "answered";
        }

        String instead() {
            return "instead";
        }

        @GET
        @Path("shadow")
        @RateLimited(limit = 1, window = "1h", shadow = true)
        public String shadow() {
            return "shadow";
        }

        @GET
        @Path("later")
        @RateLimited(limit = 1, window = "1h")
        public CompletionStage<String> later() {
            return CompletableFuture.supplyAsync(() -> "later");
        }

        @GET
        @Path("several")
        @RateLimited(name = "mxw-narrow", limit = 1, window = "1h", key = LimitKey.ADDRESS)
        @RateLimited(name = "mxw-wide", limit = 2, window = "1h", key = LimitKey.ALL)
        public String several() {
            return "several";
        }
    }

    @ApplicationScoped
    @Path("orders-of-class")
    @Produces("text/plain")
    @RateLimited(name = "mxw-class", limit = 1, window = "1h")
    public static class OfClass {
        @GET
        @Path("one")
        public String one() {
            return "one";
        }

        @GET
        @Path("other")
        public String other() {
            return "other";
        }
    }

    /** No resource itself. */
    @Produces("text/plain")
    @RateLimited(name = "mxw-parent", limit = 1, window = "1h")
    public abstract static class Parent {
        @GET
        public String inherited() {
            return "inherited";
        }
    }

    @ApplicationScoped
    @Path("orders-of-parent")
    public static class OfParent extends Parent {}

    /** No resource itself. */
    @Produces("text/plain")
    public abstract static class Bequest<K> {
        /** Of a type that the subclass says. */
        protected abstract K made(String id);

        @GET
        @Path("{id}")
        @RateLimited(name = "mxw-generic", limit = 1, window = "1h", key = LimitKey.PARAMETER, keyName = "id")
        public K generic(@PathParam("id") String id) {
            return made(id);
        }
    }

    @ApplicationScoped
    @Path("orders-of-heir")
    public static class Heir extends Bequest<String> {
        @Override
        protected String made(String id) {
            return id;
        }
    }

    @ApplicationScoped
    public static class ByTenant implements LimitKeyResolver {
        @Override
        public @Nullable String key(LimitedCall call) {
            return call.request().header(TENANT);
        }
    }

    @ApplicationScoped
    public static class Three implements LimitTierResolver {
        @Override
        public Limit limit(LimitedCall call, Limit declared) {
            return declared.withPermits(3);
        }
    }

    static List<WebCell> members() {
        return List.of(
                cell(
                        "name",
                        "METHOD",
                        site -> site.passes(1, "orders/named") == 1 && site.passes(1, "orders/named-too") == 0),
                cell("limit", "METHOD", LimitCells::isTwo),
                cell(
                        "window",
                        "METHOD",
                        site -> site.passes(1, "orders/brief") == 1
                                && comes(() -> site.passes(1, "orders/brief") == 1)),
                cell("tiers", "METHOD", site -> site.passes(4, "orders/tiers") == 3),
                cell(
                        "fallbackMethod",
                        "METHOD",
                        site -> site.body("orders/answered").equals("answered")
                                && site.body("orders/answered").equals("instead")),
                cell("shadow", "METHOD", site -> site.passes(3, "orders/shadow") == 3));
    }

    static List<WebCell> callers() {
        return List.of(
                cell(
                        "key",
                        "METHOD",
                        site -> site.passes(2, "orders/by-caller") == 1
                                && site.passes(2, "orders/by-caller", Persons.PERSON, "ann") == 1
                                && site.passes(2, "orders/by-all") == 1
                                && site.passes(2, "orders/by-all", Persons.PERSON, "ann") == 0),
                cell(
                        "key",
                        "METHOD, ADDRESS",
                        site -> site.passes(2, "orders/by-address", FROM, "203.0.113.1") == 1
                                && site.passes(2, "orders/by-address", FROM, "203.0.113.2", Persons.PERSON, "ann") == 1
                                && site.passes(1, "orders/by-address", FROM, "203.0.113.1", Persons.PERSON, "ann")
                                        == 0),
                cell(
                        "key",
                        "METHOD, PRINCIPAL",
                        site -> site.passes(2, "orders/by-person", Persons.PERSON, "ann") == 1
                                && site.passes(1, "orders/by-person", Persons.PERSON, "ann", FROM, "203.0.113.3") == 0
                                && site.passes(2, "orders/by-person", Persons.PERSON, "bob") == 1),
                cell(
                        "keyName",
                        "METHOD, HEADER",
                        site -> site.passes(2, "orders/by-header", TENANT, "a") == 1
                                && site.passes(2, "orders/by-header", TENANT, "b") == 1),
                cell(
                        "keyName",
                        "METHOD, PARAMETER",
                        site -> site.passes(2, "orders/by-parameter/1") == 1
                                && site.passes(2, "orders/by-parameter/2") == 1),
                cell(
                        "keyName",
                        "METHOD, ARGUMENT",
                        site -> site.passes(2, "orders/by-argument/1") == 1
                                && site.passes(2, "orders/by-argument/2") == 1),
                cell(
                        "keyResolver",
                        "METHOD",
                        site -> site.passes(2, "orders/resolved", TENANT, "a") == 1
                                && site.passes(2, "orders/resolved", TENANT, "b") == 1),
                cell(
                        "exemptRoles",
                        "METHOD",
                        site -> site.passes(3, "orders/exempting", Persons.PERSON, "ann", Persons.ROLE, "mx-admin") == 3
                                && site.passes(2, "orders/exempting", Persons.PERSON, "bob", Persons.ROLE, "mx-other")
                                        == 1));
    }

    static List<WebCell> places() {
        return List.of(
                cell(
                        "name",
                        "CLASS",
                        site -> site.passes(1, "orders-of-class/one") == 1
                                && site.passes(1, "orders-of-class/other") == 0),
                cell("name", "INHERITED", site -> site.passes(2, "orders-of-parent") == 1),
                cell(
                        "keyName",
                        "GENERIC",
                        site -> site.passes(2, "orders-of-heir/1") == 1 && site.passes(2, "orders-of-heir/2") == 1),
                cell("limit", "ASYNCHRONOUS", site -> site.passes(2, "orders/later") == 1),
                new WebCell("RateLimited.List.value", "REPEATED", LimitCells::areBoth));
    }

    /** What is left is told, and a refusal says how long to wait, and why. */
    private static boolean isTwo(Site site) throws IOException, InterruptedException {
        String left = header(site.get("orders/two"), "RateLimit");
        boolean passes = site.passes(1, "orders/two") == 1;
        HttpResponse<String> refused = site.get("orders/two");
        return left.contains(";r=1;t=")
                && passes
                && refused.statusCode() == 429
                && header(refused, "Retry-After").matches("[1-9]\\d*")
                && header(refused, "Content-Type").startsWith("application/problem+json")
                && refused.body().contains("violated-policies");
    }

    /** A request that the narrow one refuses is charged to none, so the wide one has room for another. */
    private static boolean areBoth(Site site) throws IOException, InterruptedException {
        return site.passes(3, "orders/several", FROM, "203.0.113.4") == 1
                && site.passes(1, "orders/several", FROM, "203.0.113.5") == 1
                && site.passes(1, "orders/several", FROM, "203.0.113.6") == 0;
    }

    private static WebCell cell(String member, String place, WebCell.Check check) {
        return new WebCell("RateLimited." + member, place, check);
    }
}
