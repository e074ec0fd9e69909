package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.RateLimitExceededException;
import io.nearfar.cdi.request.RequestFacts;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.SecurityContext;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application of JAX-RS that registers nothing of ours. */
@Timeout(120)
class RestTest {
    private static final Quota QUOTA = new Limit("orders", 10, Duration.ofHours(1)).of("user=ann");

    private static WebServer server;

    @BeforeAll
    static void start(@TempDir java.nio.file.Path folder) throws Exception {
        System.setProperty("nearfar.http.legacy-fields", "true");
        ResourceConfig application = new ResourceConfig(Orders.class, SigningIn.class);
        HttpServlet servlet = new ServletContainer(application);
        server = new WebServer(folder, Map.of("/api/*", servlet));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            server.close();
        } finally {
            System.clearProperty("nearfar.http.legacy-fields");
        }
    }

    private static QuotaUse use(long used, Duration retryAfter) {
        Instant now = Instant.now();
        return new QuotaUse(QUOTA, used, now, now.plus(Duration.ofHours(1)), retryAfter);
    }

    private static RateLimitExceededException refusal() {
        Duration wait = Duration.ofMillis(16_500);
        return new RateLimitExceededException(
                new Decision(false, Decision.Basis.COUNTED, List.of(use(10, wait)), wait));
    }

    /** Finds out by itself who asks, as applications do. */
    @Priority(Priorities.AUTHENTICATION)
    public static class SigningIn implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext context) {
            if (context.getHeaderString("X-Token") != null) {
                context.setSecurityContext(new SecurityContext() {
                    @Override
                    public Principal getUserPrincipal() {
                        return () -> "ann";
                    }

                    @Override
                    public boolean isUserInRole(String role) {
                        return role.equals("admin");
                    }

                    @Override
                    public boolean isSecure() {
                        return false;
                    }

                    @Override
                    public String getAuthenticationScheme() {
                        return "token";
                    }
                });
            }
        }
    }

    @Path("orders")
    public static class Orders {
        @GET
        @Path("refused")
        public String refused() {
            throw refusal();
        }

        @GET
        @Path("failed-stage")
        public CompletionStage<String> failedStage() {
            return CompletableFuture.supplyAsync(() -> {
                throw refusal();
            });
        }

        @GET
        @Path("resumed")
        public void resumed(@Suspended AsyncResponse response) {
            new Thread(() -> response.resume(refusal())).start();
        }

        @GET
        @Path("admitted")
        public String admitted() {
            new CurrentFacts()
                    .listener()
                    .accept(new Decision(true, Decision.Basis.COUNTED, List.of(use(3, Duration.ZERO)), Duration.ZERO));
            return "admitted";
        }

        @GET
        @Path("facts/{id}")
        public String facts(@PathParam("id") String id) {
            RequestFacts facts = new CurrentFacts();
            return facts.principal() + " " + facts.isInRole("admin") + " " + facts.address() + " "
                    + facts.header("x-token") + " " + facts.parameter("id") + " " + facts.parameter("q") + " "
                    + facts.parameter("none");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "failed-stage", "resumed"})
    void refusal_isAResponse(String path) throws Exception {
        HttpResponse<String> answer = server.get("/api/orders/" + path);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
        assertThat(header(answer, "Retry-After")).isEqualTo("17");
        assertThat(header(answer, "RateLimit")).isEqualTo("\"orders\";r=0;t=17");
        assertThat(header(answer, "RateLimit-Policy")).isEqualTo("\"orders\";q=10;w=3600");
        assertThat(header(answer, "X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(answer.body()).endsWith("\"status\":429,\"violated-policies\":[\"orders\"]}");
    }

    @Test
    void response_tellsWhatIsLeft() throws Exception {
        HttpResponse<String> answer = server.get("/api/orders/admitted");
        assertThat(answer.body()).isEqualTo("admitted");
        assertThat(header(answer, "RateLimit")).matches("\"orders\";r=7;t=3[56]\\d\\d");
        assertThat(header(answer, "X-RateLimit-Limit")).isEqualTo("10");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void facts_areThoseOfTheResource() throws Exception {
        assertThat(server.get("/api/orders/facts/7?q=a+b", "X-Token", "t").body())
                .isEqualTo("ann true 127.0.0.1 t 7 a b null");
        assertThat(server.get("/api/orders/facts/7").body()).isEqualTo("null false 127.0.0.1 null 7 null null");
        assertThat(server.get("/api/orders/facts/7", WebServer.USER, "bob").body())
                .startsWith("bob false");
    }

    @Test
    void facts_outsideOfARequest_areNone() {
        RequestFacts facts = new CurrentFacts();
        assertThat(facts.principal()).isNull();
        assertThat(facts.isInRole("admin")).isFalse();
        assertThat(facts.address()).isNull();
        assertThat(facts.header("x")).isNull();
        assertThat(facts.parameter("x")).isNull();
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }
}
