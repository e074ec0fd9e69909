package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.Limit;
import io.nearfar.RateLimitedDataSource;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.NearfarExtension;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheResult;
import javax.sql.DataSource;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limited methods of resources, over HTTP and a real server. Windows are an hour: none ends here. */
@Timeout(120)
class RestLimitsTest {
    private static final AtomicInteger AUTHENTICATED = new AtomicInteger();
    private static final AtomicInteger READ = new AtomicInteger();

    private static LocalRedis redis;
    private static SeContainer beans;
    private static DataSource database;
    private static WebServer server;

    @BeforeAll
    static void start(@TempDir java.nio.file.Path folder) throws Exception {
        redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "rest-" + UUID.randomUUID());
        System.setProperty("nearfar.limit.deadline", "30s");
        System.setProperty("nearfar.connect-timeout", "5s");
        System.setProperty("nearfar.http.trusted-proxies", "127.0.0.0/8");
        System.setProperty("nearfar.cache.shelves.mode", "near");
        System.setProperty("nearfar.cache.shelves.load.limit", "1");
        System.setProperty("nearfar.cache.shelves.load.limit.window", "1h");
        beans = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new NearfarExtension(), new WebExtension())
                .addBeanClasses(Orders.class, Depot.class)
                .initialize();
        database = limitedDatabase();
        ResourceConfig application = new ResourceConfig(SigningIn.class, Reading.class)
                .register(beans.select(Orders.class).get());
        server = new WebServer(folder, Map.of("/*", new ServletContainer(application)));
    }

    /** Hands out one connection an hour. */
    private static DataSource limitedDatabase() {
        JdbcDataSource pool = new JdbcDataSource();
        pool.setURL("jdbc:h2:mem:rest-limits");
        RateLimiter limiter = beans.select(RateLimiter.class).get();
        Limit limit = new Limit("connections", 1, Duration.ofHours(1));
        return new RateLimitedDataSource(pool, limiter, limit.of("orders"));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            server.close();
            beans.close();
            redis.close();
        } finally {
            System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
        }
    }

    /** Counts what costs much in an application. */
    @Priority(Priorities.AUTHENTICATION)
    public static class SigningIn implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext context) {
            AUTHENTICATED.incrementAndGet();
            if (context.getHeaderString("X-Stranger") != null) {
                context.abortWith(Response.status(Response.Status.UNAUTHORIZED).build());
            }
        }
    }

    /** Counts the bodies that are read. */
    public static class Reading implements ReaderInterceptor {
        @Override
        public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
            READ.incrementAndGet();
            return context.proceed();
        }
    }

    /** What a resource calls. */
    @ApplicationScoped
    public static class Depot {
        @RateLimited(name = "depot", limit = 1, window = "1h", key = LimitKey.ADDRESS)
        public String take() {
            return "taken";
        }

        @CacheResult(cacheName = "shelves")
        public String look(String shelf) {
            return "looked at " + shelf;
        }
    }

    /** The limited resource. */
    @ApplicationScoped
    @Path("orders")
    @Consumes(MediaType.TEXT_PLAIN)
    public static class Orders {
        @POST
        @Path("by-address")
        @RateLimited(name = "by-address", limit = 2, window = "1h", key = LimitKey.ADDRESS)
        public String byAddress(String text) {
            return text;
        }

        @POST
        @Path("by-person")
        @RateLimited(name = "by-person", limit = 2, window = "1h", key = LimitKey.PRINCIPAL)
        public String byPerson(String text) {
            return text;
        }

        @GET
        @Path("by-argument/{id}")
        @RateLimited(name = "by-argument", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        public String byArgument(@PathParam("id") String id) {
            return id;
        }

        @GET
        @Path("by-parameter/{id}")
        @RateLimited(name = "by-parameter", limit = 1, window = "1h", key = LimitKey.PARAMETER, keyName = "id")
        public String byParameter(@PathParam("id") String id) {
            return id;
        }

        @GET
        @Path("later")
        @RateLimited(name = "later", limit = 1, window = "1h", key = LimitKey.ADDRESS)
        public CompletionStage<String> later() {
            return CompletableFuture.completedStage("later");
        }

        @GET
        @Path("answered")
        @RateLimited(name = "answered", limit = 1, window = "1h", key = LimitKey.ADDRESS, fallbackMethod = "instead")
        public String answered() {
            return "answered";
        }

        String instead() {
            return "instead";
        }

        @GET
        @Path("deeper")
        public String deeper() {
            return beans.select(Depot.class).get().take();
        }

        @GET
        @Path("connected")
        public String connected() throws SQLException {
            try (Connection connection = database.getConnection()) {
                return "connected to " + connection.getCatalog();
            }
        }

        @GET
        @Path("shelf/{shelf}")
        public String shelf(@PathParam("shelf") String shelf) {
            return beans.select(Depot.class).get().look(shelf);
        }
    }

    private static HttpResponse<String> get(String path, String address) throws Exception {
        return server.get("/orders/" + path, "X-Forwarded-For", address);
    }

    private static HttpResponse<String> post(String path, String address, String... further) throws Exception {
        String[] headers = new String[further.length + 2];
        headers[0] = "X-Forwarded-For";
        headers[1] = address;
        System.arraycopy(further, 0, headers, 2, further.length);
        return server.post("/orders/" + path, "text", headers);
    }

    @Test
    void call_isChargedOnce() throws Exception {
        HttpResponse<String> first = post("by-address", "203.0.113.1");
        assertThat(first.body()).isEqualTo("text");
        assertThat(header(first, "RateLimit")).matches("\"by-address\";r=1;t=3[56]\\d\\d");
        assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"by-address\";q=2;w=3600");
        assertThat(header(post("by-address", "203.0.113.1"), "RateLimit")).startsWith("\"by-address\";r=0;");
        HttpResponse<String> third = post("by-address", "203.0.113.1");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(header(third, "Content-Type")).startsWith("application/problem+json");
        assertThat(header(third, "Retry-After")).matches("3[56]\\d\\d");
        assertThat(third.body()).contains("\"violated-policies\":[\"by-address\"]");
        assertThat(post("by-address", "203.0.113.2").statusCode()).isEqualTo(200);
    }

    @Test
    void address_isRefusedBeforeAuthentication_andPersonsAfterIt() throws Exception {
        post("by-address", "203.0.113.3");
        post("by-address", "203.0.113.3");
        int authenticated = AUTHENTICATED.get();
        int read = READ.get();
        assertThat(post("by-address", "203.0.113.3").statusCode()).isEqualTo(429);
        assertThat(AUTHENTICATED).hasValue(authenticated);
        assertThat(READ).hasValue(read);

        assertThat(post("by-person", "203.0.113.3", WebServer.USER, "ann", "X-Stranger", "yes")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("by-person", "203.0.113.3", WebServer.USER, "ann").statusCode())
                .isEqualTo(200);
        assertThat(post("by-person", "203.0.113.4", WebServer.USER, "ann").statusCode())
                .isEqualTo(200);
        int readByPersons = READ.get();
        assertThat(post("by-person", "203.0.113.5", WebServer.USER, "ann").statusCode())
                .isEqualTo(429);
        assertThat(READ).hasValue(readByPersons);
        assertThat(post("by-person", "203.0.113.5", WebServer.USER, "bob").statusCode())
                .isEqualTo(200);
    }

    /** What a filter cannot decide, the interceptor does, with the same response. */
    @Test
    void argument_isDecidedByTheInterceptor() throws Exception {
        assertThat(get("by-argument/7", "203.0.113.6").body()).isEqualTo("7");
        HttpResponse<String> second = get("by-argument/7", "203.0.113.6");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body()).contains("\"violated-policies\":[\"by-argument\"]");
        assertThat(get("by-argument/8", "203.0.113.6").statusCode()).isEqualTo(200);
    }

    @Test
    void parameterOfThePath_isKnownToTheFilter() throws Exception {
        int authenticated = AUTHENTICATED.get();
        assertThat(get("by-parameter/7", "203.0.113.7").body()).isEqualTo("7");
        assertThat(get("by-parameter/7", "203.0.113.8").statusCode()).isEqualTo(429);
        assertThat(get("by-parameter/8", "203.0.113.8").statusCode()).isEqualTo(200);
        assertThat(AUTHENTICATED).hasValue(authenticated + 2);
    }

    @Test
    void stage_isChargedOnce() throws Exception {
        assertThat(get("later", "203.0.113.9").body()).isEqualTo("later");
        assertThat(get("later", "203.0.113.9").statusCode()).isEqualTo(429);
    }

    @Test
    void fallbackMethod_answers() throws Exception {
        assertThat(get("answered", "203.0.113.10").body()).isEqualTo("answered");
        HttpResponse<String> second = get("answered", "203.0.113.10");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo("instead");
    }

    @Test
    void beanBehindAResource_knowsTheRequest() throws Exception {
        assertThat(get("deeper", "203.0.113.11").body()).isEqualTo("taken");
        HttpResponse<String> second = get("deeper", "203.0.113.11");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(header(second, "RateLimit")).startsWith("\"depot\";r=0;t=3");
        assertThat(get("deeper", "203.0.113.12").statusCode()).isEqualTo(200);
    }

    /** The limit of all loads is not shown, as none is that all share. A starved node may not count the first ones. */
    @Test
    void loadThatIsRefused_isTheSameResponse_andAHitCostsNothing() throws Exception {
        assertThat(get("shelf/0", "203.0.113.13").body()).isEqualTo("looked at 0");
        AtomicInteger shelf = new AtomicInteger();
        HttpResponse<String> refused = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> get("shelf/" + shelf.incrementAndGet(), "203.0.113.13"),
                        response -> response.statusCode() == 429);
        assertThat(header(refused, "Content-Type")).startsWith("application/problem+json");
        assertThat(header(refused, "Retry-After")).matches("3[56]\\d\\d");
        assertThat(refused.body()).contains("quota-exceeded").doesNotContain("shelves");
        assertThat(get("shelf/0", "203.0.113.13").body()).isEqualTo("looked at 0");
    }

    /** What a resource asks a data source for is refused as a call of it is. A starved node may not count the first ones. */
    @Test
    void connectionThatIsRefused_isTheSameResponse() throws Exception {
        HttpResponse<String> refused = await().atMost(Duration.ofSeconds(60))
                .until(() -> get("connected", "203.0.113.14"), response -> response.statusCode() == 429);
        assertThat(header(refused, "Content-Type")).startsWith("application/problem+json");
        assertThat(header(refused, "Retry-After")).matches("3[56]\\d\\d");
        assertThat(refused.body()).contains("\"violated-policies\":[\"connections\"]");
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }
}
