package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.RateLimitExceededException;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Settings alone limit the requests of a web application that knows nothing of it. Windows are an hour: none ends here. */
@Timeout(120)
class RateLimitFilterTest {
    private static final Map<String, String> SETTINGS = new HashMap<>();
    private static final Limit ONCE = new Limit("once", 1, Duration.ofHours(1));
    private static final AtomicInteger CALLS = new AtomicInteger();

    private static LocalRedis redis;
    private static WebServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        redis = LocalRedis.start();
        SETTINGS.putAll(Map.of(
                "nearfar.address", redis.address(),
                "nearfar.prefix", "web-" + UUID.randomUUID(),
                "nearfar.limit.deadline", "30s",
                "nearfar.limit.outage", "closed",
                "nearfar.connect-timeout", "5s",
                "nearfar.http.trusted-proxies", "127.0.0.0/8"));
        limit("api", "paths", "/api/*", "permits", "2", "by", "address");
        limit("people", "paths", "/people/*", "permits", "1", "by", "user");
        limit("once", "paths", "/once/*", "permits", "1", "by", "address");
        limit("shared", "paths", "/shared/*", "permits", "1", "by", "all");
        limit("clients", "paths", "/clients/*", "permits", "1");
        SETTINGS.forEach((key, text) -> {
            System.setProperty(key, text);
            if (key.endsWith(".paths")) {
                System.setProperty(key.replace(".paths", ".window"), "1h");
            }
        });
        server = new WebServer(
                folder, Map.of("/*", new Plain(), "/refusing", new Refusing(), "/api/async", new Later()));
        server.awaitCounting("/api/reach");
    }

    private static void limit(String name, String... settings) {
        for (int i = 0; i < settings.length; i += 2) {
            SETTINGS.put("nearfar.limit." + name + "." + settings[i], settings[i + 1]);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            server.close();
            redis.close();
        } finally {
            System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
        }
    }

    private static final class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            CALLS.incrementAndGet();
            response.getWriter().write("here");
        }
    }

    /** Throws what a limited method throws, as frameworks hand it on. */
    private static final class Refusing extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            response.setHeader("X-Other", "stays");
            response.getWriter().write("goes");
            throw new ServletException(new IllegalStateException(new RateLimitExceededException(
                    new Decision(false, Decision.Basis.COUNTED, List.of(), Duration.ofMillis(1_500)))));
        }
    }

    private static final class Later extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getAttribute("again") == null) {
                request.setAttribute("again", true);
                AsyncContext later = request.startAsync();
                later.start(later::dispatch);
            } else {
                response.getWriter().write("later");
            }
        }
    }

    @Test
    void path_ofALimit_isAnsweredUntilThereIsNoRoom() throws Exception {
        HttpResponse<String> first = server.get("/api/a", "X-Forwarded-For", "203.0.113.1");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("here");
        assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"api\";q=2;w=3600");
        assertThat(header(first, "RateLimit")).matches("\"api\";r=1;t=3[56]\\d\\d");
        assertThat(first.headers().firstValue("Retry-After")).isEmpty();
        assertThat(header(server.get("/api/b", "X-Forwarded-For", "203.0.113.1"), "RateLimit"))
                .startsWith("\"api\";r=0;t=");
        int calls = CALLS.get();

        HttpResponse<String> third = server.get("/api", "X-Forwarded-For", "203.0.113.1");

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(CALLS).hasValue(calls);
        assertThat(header(third, "Content-Type")).startsWith("application/problem+json");
        assertThat(third.body()).contains("#quota-exceeded", "\"status\":429", "\"violated-policies\":[\"api\"]");
        assertThat(header(third, "Retry-After")).matches("3[56]\\d\\d");
        assertThat(header(third, "RateLimit")).isEqualTo("\"api\";r=0;t=" + header(third, "Retry-After"));
        assertThat(server.get("/api/a", "X-Forwarded-For", "203.0.113.1, 203.0.113.2")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void otherPath_isNotLimited_andSaysNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = server.get("/free", "X-Forwarded-For", "203.0.113.3");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
        }
    }

    @Test
    void users_areCountedApart_andOthersPass() throws Exception {
        assertThat(server.get("/people/a", WebServer.USER, "ann").statusCode()).isEqualTo(200);
        assertThat(server.get("/people/a", WebServer.USER, "ann").statusCode()).isEqualTo(429);
        assertThat(server.get("/people/a", WebServer.USER, "bob").statusCode()).isEqualTo(200);
        assertThat(server.get("/people/a").statusCode()).isEqualTo(200);
        assertThat(server.get("/people/a").statusCode()).isEqualTo(200);
    }

    /** Whoever calls themselves like an address does not take its permits. */
    @Test
    void clients_areUsers_orAddressesOfThoseWhoAreNotSignedIn() throws Exception {
        String[] here = {"X-Forwarded-For", "203.0.113.4"};
        String[] ann = {"X-Forwarded-For", "203.0.113.4", WebServer.USER, "ann"};
        String[] odd = {"X-Forwarded-For", "203.0.113.5", WebServer.USER, "203.0.113.4"};
        assertThat(server.get("/clients/a", here).statusCode()).isEqualTo(200);
        assertThat(server.get("/clients/a", here).statusCode()).isEqualTo(429);
        assertThat(server.get("/clients/a", ann).statusCode()).isEqualTo(200);
        assertThat(server.get("/clients/a", ann).statusCode()).isEqualTo(429);
        assertThat(server.get("/clients/a", odd).statusCode()).isEqualTo(200);
    }

    @Test
    void limitOfAll_isNotTold() throws Exception {
        HttpResponse<String> first = server.get("/shared/a", "X-Forwarded-For", "203.0.113.6");
        HttpResponse<String> second = server.get("/shared/a", "X-Forwarded-For", "203.0.113.7");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("RateLimit")).isEmpty();
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("RateLimit-Policy")).isEmpty();
        assertThat(header(second, "Retry-After")).matches("3[56]\\d\\d");
        assertThat(second.body()).contains("\"violated-policies\":[]").doesNotContain("shared");
    }

    @Test
    void refusal_thatIsThrown_isTheSameResponse() throws Exception {
        HttpResponse<String> answer = server.get("/refusing");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(header(answer, "Retry-After")).isEqualTo("2");
        assertThat(header(answer, "X-Other")).isEqualTo("stays");
        assertThat(answer.body()).startsWith("{").doesNotContain("goes");
    }

    @Test
    void requestThatGoesOnLater_isChargedOnce() throws Exception {
        HttpResponse<String> first = server.get("/api/async", "X-Forwarded-For", "203.0.113.8");
        assertThat(first.body()).isEqualTo("later");
        assertThat(header(first, "RateLimit")).startsWith("\"api\";r=1;");
        assertThat(header(server.get("/api/async", "X-Forwarded-For", "203.0.113.8"), "RateLimit"))
                .startsWith("\"api\";r=0;");
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    /** The limit of annotations and that of paths are the same engine's; one name is one count. */
    @Test
    void limit_isWhatTheLimiterOfTheManagerCounts() throws Exception {
        server.get("/api/a", "X-Forwarded-For", "203.0.113.9");
        Limit limit = new Limit("api", 2, Duration.ofHours(1));
        try (ApplicationManager manager =
                new ApplicationManager(Thread.currentThread().getContextClassLoader())) {
            assertThat(manager.manager()
                            .unwrap(RateLimiter.class)
                            .info(limit.of("address=203.0.113.9"))
                            .used())
                    .isEqualTo(1);
        }
    }

    /**
     * Who waits as long as the field says is answered, by the server's clock; a second less is too little. A machine on which
     * that takes a second says nothing about the second, and tries again.
     */
    @Test
    void retryAfter_isJustLongEnough() throws Exception {
        try (ApplicationManager manager =
                new ApplicationManager(Thread.currentThread().getContextClassLoader())) {
            RateLimiter limiter = manager.manager().unwrap(RateLimiter.class);
            boolean quick = false;
            for (int i = 1; !quick; i++) {
                String client = "203.0.113." + (100 + i % 100);
                limiter.reset(ONCE.of("address=" + client));
                long begun = System.nanoTime();
                Decision early = aSecondEarly(client, limiter);
                quick = System.nanoTime() - begun < 1_000_000_000L;
                assertThat(early.admitted() && quick).isFalse();
                pass(client, 1);
                await().until(() ->
                        server.get("/once/a", "X-Forwarded-For", client).statusCode() == 200);
            }
        }
    }

    private static Decision aSecondEarly(String client, RateLimiter limiter) throws Exception {
        assertThat(server.get("/once/a", "X-Forwarded-For", client).statusCode())
                .isEqualTo(200);
        HttpResponse<String> denied = server.get("/once/a", "X-Forwarded-For", client);
        assertThat(denied.statusCode()).isEqualTo(429);
        pass(client, Long.parseLong(header(denied, "Retry-After")) - 1);
        return limiter.peek(ONCE.of("address=" + client));
    }

    /** Lets time pass on the server for one client: moves the instant from which those of its window are counted. */
    private static void pass(String client, long seconds) throws IOException {
        String answer = redis.told("EVAL \"local key = redis.call('KEYS', '*:q:once:*" + client + "')[1]"
                + " local base = struct.unpack('>I7', redis.call('GETRANGE', key, 1, 7))"
                + " redis.call('SETRANGE', key, 1, struct.pack('>I7', base - ARGV[1] * 1000000))"
                + " return 1\" 0 " + seconds);
        assertThat(answer).startsWith(":1");
    }
}
