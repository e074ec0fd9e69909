package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarManager;
import io.nearfar.WarmingPlan;
import io.nearfar.WarmingProgress;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.testing.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that registers nothing of ours shows how its caches are, to those who may see it. */
@Timeout(120)
class StatusTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String[] ADMIN = {WebServer.USER, "ann", WebServer.ROLE, "admin"};
    private static final AtomicReference<NearfarManager> MANAGER = new AtomicReference<>();
    private static final String PASSWORD = "not-to-be-shown";

    @TempDir
    private Path folder;

    @AfterEach
    void unset() {
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
    }

    private static final class Own extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("the application's own");
            MANAGER.set(Objects.requireNonNull(
                            WebLimits.of(request.getServletContext()).open())
                    .manager());
        }
    }

    private WebServer server(String... settings) throws Exception {
        System.setProperty("nearfar.prefix", "status-" + UUID.randomUUID());
        for (int i = 0; i < settings.length; i += 2) {
            System.setProperty(settings[i], settings[i + 1]);
        }
        return new WebServer(folder, Map.of("/*", new Own()), new StatusHook());
    }

    /** Returns the manager of the application, whose link is open. */
    private static NearfarManager connected(WebServer server) throws Exception {
        NearfarManager manager = managerOf(server);
        manager.connect();
        await().atMost(SOON).until(() -> manager.health().isConnected());
        return manager;
    }

    @Test
    void status_isForTheRoleAlone() throws Exception {
        try (WebServer server = server()) {
            HttpResponse<String> nobody = server.get("/cache-status");
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(nobody.body()).contains("nearfar.status.role").doesNotContain("location");
            HttpResponse<String> other = server.get("/cache-status", WebServer.USER, "bob", WebServer.ROLE, "clerk");
            assertThat(other.statusCode()).isEqualTo(403);
            assertThat(other.body()).contains("admin").doesNotContain("location");
            HttpResponse<String> admin = server.get("/cache-status", ADMIN);
            assertThat(admin.statusCode()).isEqualTo(200);
            assertThat(admin.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(admin.body())
                    .startsWith("{\"status\":\"ok\",\"message\":\"The caches are in this process alone.\"")
                    .contains("\"connected\":false", "\"backend\":\"none\"", "\"location\":null");
            assertThat(server.post("/cache-status", "x", ADMIN).statusCode()).isEqualTo(405);
            assertThat(server.get("/cache-statuses").body()).isEqualTo("the application's own");
        }
    }

    @Test
    void warmings_areShownWithWhatTheyHaveDone() throws Exception {
        try (WebServer server = server()) {
            NearfarManager manager = managerOf(server);
            manager.cacheFromTemplate("prices", String.class, String.class, List.of());
            manager.<String, String>warm("prices", WarmingPlan.of("top"), warming -> {
                warming.expect(2);
                warming.load("a", context -> "1");
                warming.load("b", context -> null);
            });
            await().atMost(SOON).until(() -> manager.warmings().get(0).state() == WarmingProgress.State.DONE);
            assertThat(server.get("/cache-status", ADMIN).body())
                    .contains("\"warmings\":[{\"name\":\"top\",\"cache\":\"prices\",\"state\":\"done\",\"loaded\":1,"
                            + "\"failed\":1,\"expected\":2,\"begun\":\"20");
        }
    }

    private static NearfarManager managerOf(WebServer server) throws Exception {
        server.get("/any");
        return MANAGER.get();
    }

    @Test
    void login_ofTheApplication_isAskedFor() throws Exception {
        try (WebServer server = server("nearfar.status.role", "operator")) {
            server.login("eve", "secret", "operator");
            HttpResponse<String> nobody = server.get("/cache-status");
            assertThat(nobody.statusCode()).as(nobody.body()).isEqualTo(401);
            assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"caches\"");
            assertThat(server.get("/cache-status", "Authorization", basic("eve:wrong"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.get("/cache-status", "Authorization", basic("eve:secret"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/cache-status", ADMIN).statusCode()).isEqualTo(403);
        }
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void switchedOff_thePathIsTheApplications_andSoIsThatOfDebugUnlessItIsOn() throws Exception {
        try (WebServer server = server("nearfar.status.enabled", "false")) {
            assertThat(server.get("/cache-status", ADMIN).body()).isEqualTo("the application's own");
            assertThat(server.get("/cache-debug", ADMIN).body()).isEqualTo("the application's own");
        }
    }

    @Test
    void everybody_mayBeLetIn() throws Exception {
        try (WebServer server = server("nearfar.status.role", "none")) {
            assertThat(server.get("/cache-status").statusCode()).isEqualTo(200);
        }
        System.setProperty("nearfar.status.role", "**");
        try (WebServer server = server()) {
            assertThat(server.get("/cache-status").statusCode()).isEqualTo(401);
            assertThat(server.get("/cache-status", WebServer.USER, "bob").statusCode())
                    .isEqualTo(200);
        }
    }

    /** A cache and a server are shown with what they are, and with nothing that is cached. */
    @Test
    void status_showsServerAndCaches_andNoSecret() throws Exception {
        try (LocalRedis redis = LocalRedis.start("requirepass " + PASSWORD);
                WebServer server = server(
                        "nearfar.address",
                        redis.address().replace("redis://", "redis://:" + PASSWORD + "@"),
                        "nearfar.deadline",
                        "5s")) {
            NearfarManager manager = connected(server);
            var cache = manager.createCache(
                    "<prices>", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
            cache.put("secret-key", "secret-value");
            cache.get("secret-key");

            HttpResponse<String> json = server.get("/cache-status", ADMIN);
            assertThat(json.headers().firstValue("Content-Type")).contains("application/json;charset=UTF-8");
            assertThat(json.body())
                    .contains("\"status\":\"ok\"", "\"connected\":true", "\"backend\":\"redis\"")
                    .contains("\"location\":\"" + redis.address() + "/0\"", "\"topology\":\"standalone\"")
                    .contains("\"maxmemory_policy\":\"noeviction\"", "\"id\":\"NF0321\"")
                    .contains("\"name\":\"<prices>\"", "\"puts\":1", "\"name\":\"near.ttl\"")
                    .doesNotContain(PASSWORD, "secret-key", "secret-value");

            HttpResponse<String> page = server.get(
                    "/cache-status", WebServer.USER, "ann", WebServer.ROLE, "admin", "Accept", "text/html,*/*;q=0.8");
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
            assertThat(page.body())
                    .contains("&lt;prices&gt;", redis.address(), "NF0321")
                    .doesNotContain("<prices>", PASSWORD, "secret-key", "secret-value");
        }
    }

    @Test
    void debug_triesBothTiers_andLeavesNothing() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                WebServer server = server(
                        "nearfar.address", redis.address(), "nearfar.deadline", "5s", "nearfar.status.debug", "true")) {
            NearfarManager manager = connected(server);
            assertThat(server.get("/cache-debug").statusCode()).isEqualTo(401);

            HttpResponse<String> answer = server.get("/cache-debug", ADMIN);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"status\":\"ok\"", "\"cache_working\":true", "\"test_value_set\":true")
                    .contains("\"test_value_retrieved\":true", "\"values_match\":true")
                    .contains("\"tier\":\"far\"", "\"tier\":\"near\"", "\"micros\":")
                    .contains("\"step\":\"remove\"");
            assertThat(manager.getCacheNames()).isEmpty();
        }
    }

    private static Map<?, ?> data(WebServer server) throws Exception {
        HttpResponse<String> answer = server.get("/cache-status", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(200);
        return (Map<?, ?>) Json.object(answer.body()).get("data");
    }

    private static Map<?, ?> onlyServer(Map<?, ?> data) {
        assertThat((List<?>) data.get("servers")).hasSize(1);
        return (Map<?, ?>) ((List<?>) data.get("servers")).get(0);
    }

    @Test
    void status_tellsOfEachServer_whatItSaysOfItself_andOfItsClock() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                WebServer server = server("nearfar.address", redis.address(), "nearfar.deadline", "5s")) {
            connected(server);
            await().atMost(SOON).until(() -> onlyServer(data(server)).containsKey("clock_offset_millis"));
            Map<?, ?> data = data(server);
            String version = redis.told("INFO server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring("redis_version:".length()).strip())
                    .findFirst()
                    .orElseThrow();
            assertThat(data.get("server_version")).isEqualTo(version);
            Map<?, ?> shown = onlyServer(data);
            assertThat("redis://" + shown.get("address")).isEqualTo(redis.address());
            assertThat(shown.get("version")).isEqualTo("Redis " + version);
            assertThat(shown.get("connected")).isEqualTo(true);
            assertThat(shown.get("breaker_open")).isEqualTo(false);
            assertThat(shown.get("trouble")).isNull();
            assertThat(shown.get("maxmemory")).isEqualTo(0.0);
            assertThat(shown.get("evictions")).isEqualTo(0.0);
            assertThat((Double) shown.get("used_memory")).isGreaterThan(100_000);
            assertThat((Double) shown.get("clients")).isPositive();
            assertThat((Double) shown.get("clock_offset_millis"))
                    .as("it is the clock of this machine")
                    .isBetween(-1_000.0, 1_000.0);
            assertThat((Double) shown.get("round_trip_micros")).isPositive();
        }
    }

    /** Whoever watches the application sees an outage, and an application that works. */
    @Test
    void serverThatIsGone_isADegradedStatus_withStatus200() throws Exception {
        LocalRedis redis = LocalRedis.start();
        try (WebServer server = server("nearfar.address", redis.address())) {
            connected(server);
            redis.close();
            await().atMost(SOON).until(() -> "down".equals(data(server).get("state")));
            HttpResponse<String> answer = server.get("/cache-status", ADMIN);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Json.object(answer.body()))
                    .containsEntry("status", "degraded")
                    .containsEntry("message", "The far tier does not answer; the caches go through an outage.");
            Map<?, ?> data = data(server);
            assertThat(data.get("connected")).isEqualTo(false);
            assertThat(data.get("server_version")).isNull();
            assertThat(onlyServer(data).get("connected")).isEqualTo(false);
        }
    }

    @Test
    void settingsThatCannotBeRead_areAnError_withStatus503() throws Exception {
        try (WebServer server = server("nearfar.deadline", "soon")) {
            HttpResponse<String> answer = server.get("/cache-status", ADMIN);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Json.object(answer.body()))
                    .containsEntry("status", "error")
                    .containsKey("message")
                    .doesNotContainKey("data");
        }
    }

    @Test
    void debug_onAServerThatIsGone_hasFailed_andIsForTheRoleAlone() throws Exception {
        LocalRedis redis = LocalRedis.start();
        try (WebServer server = server("nearfar.address", redis.address(), "nearfar.status.debug", "true")) {
            connected(server);
            redis.close();
            HttpResponse<String> clerk = server.get("/cache-debug", WebServer.USER, "bob", WebServer.ROLE, "clerk");
            assertThat(clerk.statusCode()).isEqualTo(403);
            assertThat(clerk.body()).doesNotContain("steps");
            HttpResponse<String> answer = server.get("/cache-debug", ADMIN);
            assertThat(answer.statusCode()).isEqualTo(200);
            Map<String, @Nullable Object> report = Json.object(answer.body());
            assertThat(report).containsEntry("status", "failed").containsEntry("cache_working", false);
            assertThat((List<?>) report.get("steps")).anySatisfy(step -> {
                assertThat(((Map<?, ?>) step).get("ok")).isEqualTo(false);
                assertThat(String.valueOf(((Map<?, ?>) step).get("failure"))).isNotBlank();
            });
        }
    }
}
