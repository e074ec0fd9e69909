package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.testing.ErrorLines;
import io.nearfar.cdi.web.response.ResponseHook;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.catalina.servlets.DefaultServlet;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Responses are sent whatever becomes of the cache; the resource is no bean here, and needs not be one. */
@Timeout(120)
class CachedResponseOutageTest {
    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @BeforeEach
    void count() {
        Towns.forgetCalls();
    }

    @AfterEach
    void clear() {
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
    }

    private static WebServer server(Path folder) throws Exception {
        return new WebServer(
                folder,
                Map.of("/*", new ServletContainer(new ResourceConfig().register(new Towns()))),
                new ResponseHook());
    }

    @Test
    void serverThatIsGone_leavesTheMethodToAnswer(@TempDir Path folder) throws Exception {
        LocalRedis redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "gone-" + UUID.randomUUID());
        try (WebServer server = server(folder)) {
            assertThat(server.get("/towns/plain/21").body()).isEqualTo("plain21 ann");
            redis.close();
            for (int id = 22; id < 25; id++) {
                assertThat(server.get("/towns/plain/" + id).body()).isEqualTo("plain" + id + " ann");
                assertThat(server.get("/towns/plain/" + id).statusCode()).isEqualTo(200);
            }
            assertThat(server.get("/towns/later/22").body()).isEqualTo("later-22");
        }
    }

    @Test
    void cacheThatCannotBeOpened_leavesTheMethodToAnswer_andIsToldOnce(@TempDir Path folder) throws Exception {
        System.setProperty("nearfar.cache.towns.ttl", "weekly");
        try (WebServer server = server(folder)) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = server.get("/towns/plain/31");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("plain31 ann");
            }
            assertThat(Towns.calls("plain31")).isEqualTo(3);
        }
        assertThat(lines.text().lines().filter(line -> line.contains("NF0801")))
                .singleElement()
                .asString()
                .contains("responses of io.nearfar.cdi.web.Towns.plain(int)");
    }

    /** To refuse the response would serve nobody: what the method says now is as new as can be. */
    @Test
    void cacheThatFailsClosed_leavesTheMethodToAnswer_andIsToldOnceAndBack(@TempDir Path folder) throws Exception {
        LocalRedis redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "closed-" + UUID.randomUUID());
        System.setProperty("nearfar.deadline", "5s"); // a first answer that is late would be told as an outage
        System.setProperty("nearfar.outage", "closed");
        try (WebServer server = server(folder)) {
            awaitLine(server, "/towns/plain/41", "NF0801", () -> close(redis));
            int calls = Towns.calls("plain41");
            for (int i = 1; i < 4; i++) {
                HttpResponse<String> answer = server.get("/towns/plain/41");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("plain41 ann");
                assertThat(Towns.calls("plain41")).as("nothing near answers").isEqualTo(calls + i);
            }
            assertThat(toldOf("NF0801")).isOne();
            assertThat(toldOf("NF0802")).isZero();
            awaitLine(server, "/towns/plain/41", "NF0802", () -> restart(redis));
            assertThat(toldOf("NF0802")).isOne();
        } finally {
            redis.close();
        }
    }

    @Test
    void fallback_whenNeitherCacheNorMethodAnswers_does(@TempDir Path folder) throws Exception {
        LocalRedis redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "neither-" + UUID.randomUUID());
        System.setProperty("nearfar.outage", "closed");
        try (WebServer server = server(folder)) {
            assertThat(server.get("/towns/rescued/2").body()).isEqualTo("found 2");
            awaitLine(server, "/towns/rescued/2", "NF0801", () -> close(redis));
            Towns.fails = true;
            for (int id = 1; id <= 2; id++) {
                HttpResponse<String> answer = server.get("/towns/rescued/" + id);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("rescue" + id + " from ann");
                assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            }
        } finally {
            Towns.fails = false;
        }
    }

    /** What the failing servlet has said before is not part of the answer. */
    @Test
    void fallbackOfAPath_whenNeitherCacheNorServletAnswers_does(@TempDir Path folder) throws Exception {
        LocalRedis redis = LocalRedis.start();
        for (String setting : List.of(
                "address=" + redis.address(),
                "prefix=path-" + UUID.randomUUID(),
                "outage=closed",
                "response.graces.paths=/graces/*",
                "response.graces.ttl=1ms",
                "response.graces.fallback=/sorry.html")) {
            String[] pair = setting.split("=", 2);
            System.setProperty("nearfar." + pair[0], pair[1]);
        }
        Files.writeString(folder.resolve("sorry.html"), "<p>sorry</p>");
        HttpServlet failing = new Failing();
        try (WebServer server =
                new WebServer(folder, Map.of("/", new DefaultServlet(), "/graces/*", failing), new ResponseHook())) {
            awaitLine(server, "/graces/told", "NF0801", () -> close(redis));
            for (String path : List.of("/graces/told", "/graces/thrown")) {
                HttpResponse<String> answer = server.get(path);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("<p>sorry</p>");
                assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
                assertThat(answer.headers().firstValue("X-Half")).isEmpty();
            }
        }
    }

    /** Fails in two ways, after it has begun to answer. */
    static final class Failing extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            response.setHeader("X-Half", "an answer");
            response.getWriter().print("half an answer");
            if (request.getPathInfo().endsWith("thrown")) {
                throw new ServletException("no page");
            }
            response.sendError(503);
        }
    }

    /** Asks for a path, does something, and asks again until a line of the log comes of it. */
    private void awaitLine(WebServer server, String path, String id, Callable<?> event) throws Exception {
        server.get(path);
        event.call();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            server.get(path);
            return lines.text().contains(id);
        });
    }

    private static LocalRedis close(LocalRedis redis) throws IOException {
        redis.close();
        return redis;
    }

    private static LocalRedis restart(LocalRedis redis) throws IOException {
        redis.restart();
        return redis;
    }

    private long toldOf(String id) {
        return lines.text().lines().filter(line -> line.contains(id)).count();
    }
}
