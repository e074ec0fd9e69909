package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.testing.TextFormat;
import io.nearfar.cdi.testing.TextFormat.Series;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a web application over HTTP, of caches over a real Redis. */
@Timeout(120)
class MetricsFilterTest {
    private @Nullable LocalRedis redis;

    /** Puts and reads a few entries, and says so. */
    private static final class Using extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ApplicationManager manager =
                    new ApplicationManager(request.getServletContext().getClassLoader());
            Cache<String, String> cache = manager.cache("cities", String.class, String.class, List.of());
            cache.put("k", "v");
            cache.get("k");
            cache.get("absent");
            response.getWriter().write("used");
        }
    }

    /** Two tiers; without, the application has its process alone. */
    private void overRedis() throws Exception {
        redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "metrics-" + UUID.randomUUID());
        System.setProperty("nearfar.deadline", "9s");
        System.setProperty("nearfar.start", "require");
        System.setProperty("nearfar.connect-timeout", "5s");
    }

    @AfterEach
    void stop() throws Exception {
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
        if (redis != null) {
            redis.close();
        }
    }

    private static WebServer server(Path folder) throws Exception {
        return new WebServer(folder, Map.of("/*", new Using()));
    }

    private static double sample(Map<String, TextFormat.Family> families, String name, String... labels) {
        Map<String, String> wanted =
                labels.length == 2 ? Map.of(labels[0], labels[1]) : Map.of(labels[0], labels[1], labels[2], labels[3]);
        TextFormat.Family family = Objects.requireNonNull(families.get(name), name);
        return Objects.requireNonNull(family.samples().get(new Series(name, wanted)), name + wanted);
    }

    private static Stream<String> bounds(Map<String, TextFormat.Family> families, String name) {
        return Objects.requireNonNull(families.get(name), name).samples().keySet().stream()
                .filter(series -> series.name().equals(name + "_bucket"))
                .map(series -> String.valueOf(series.labels().get("le")))
                .distinct();
    }

    @Test
    void path_isAnsweredWithWhatTheCachesHaveDone(@TempDir Path folder) throws Exception {
        overRedis();
        System.setProperty("nearfar.metrics.path", "/ops/metrics");
        System.setProperty("nearfar.metrics.usual-names", "true");
        try (WebServer server = server(folder)) {
            assertThat(server.get("/use").body()).isEqualTo("used");
            HttpResponse<String> answer = server.get("/ops/metrics");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type.replace(" ", ""))
                            .isEqualToIgnoringCase("text/plain;version=0.0.4;charset=utf-8"));
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            Map<String, TextFormat.Family> families = TextFormat.read(answer.body());
            assertThat(sample(families, "nearfar_cache_puts_total", "cache", "cities"))
                    .isEqualTo(1);
            assertThat(sample(families, "cache_misses_total", "cache", "cities"))
                    .isEqualTo(sample(families, "nearfar_cache_misses_total", "cache", "cities"))
                    .isPositive();
            assertThat(families.get("nearfar_cache_far_operation_duration_seconds"))
                    .isNotNull()
                    .satisfies(family -> assertThat(family.type()).isEqualTo("histogram"));
            assertThat(bounds(families, "cache_operation_duration_seconds"))
                    .containsExactly(
                            "0.001", "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1",
                            "+Inf");
            assertThat(families).containsKeys("nearfar_messages_received_total", "nearfar_far_breakers_open");
            assertThat(server.get("/ops/metrics/more").body()).isEqualTo("used");
            assertThat(server.post("/ops/metrics", "").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void role_isAskedFor_whereASettingNamesOne(@TempDir Path folder) throws Exception {
        System.setProperty("nearfar.metrics.path", "/metrics");
        System.setProperty("nearfar.metrics.role", "operator");
        try (WebServer server = server(folder)) {
            assertThat(server.get("/metrics").statusCode()).isEqualTo(403);
            assertThat(server.get("/metrics", WebServer.USER, "ann").statusCode())
                    .isEqualTo(403);
            HttpResponse<String> answer = server.get("/metrics", WebServer.USER, "ann", WebServer.ROLE, "operator");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(TextFormat.read(answer.body())).isEmpty();
        }
    }

    @Test
    void withoutAPath_nothingIsAnswered(@TempDir Path folder) throws Exception {
        try (WebServer server = server(folder)) {
            assertThat(server.get("/metrics").body()).isEqualTo("used");
        }
    }
}
