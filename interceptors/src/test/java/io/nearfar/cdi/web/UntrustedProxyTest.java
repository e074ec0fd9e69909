package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.testing.ErrorLines;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that nobody has named as trusted is the client, and the log says so. */
@Timeout(120)
class UntrustedProxyTest {
    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @AfterEach
    void unset() {
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
    }

    private static final class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("here");
        }
    }

    @Test
    void forwardedRequests_ofSeveralClients_areOnesOfTheProxy_andThatIsToldOnce(@TempDir Path folder) throws Exception {
        System.setProperty("nearfar.prefix", "proxy-" + UUID.randomUUID());
        System.setProperty("nearfar.limit.api.paths", "/api/*");
        System.setProperty("nearfar.limit.api.permits", "2");
        System.setProperty("nearfar.limit.api.window", "1h");
        try (WebServer server = new WebServer(folder, Map.of("/*", new Plain()))) {
            assertThat(status(server, "198.51.100.1")).isEqualTo(200);
            assertThat(status(server, "198.51.100.2")).isEqualTo(200);
            assertThat(status(server, "198.51.100.3")).isEqualTo(429);
        }
        assertThat(lines.text().lines().filter(line -> line.contains("NF0900")))
                .singleElement()
                .asString()
                .contains("X-Forwarded-For", "127.0.0.1", "nearfar.http.trusted-proxies");
    }

    private static int status(WebServer server, String client) throws Exception {
        return server.get("/api/x", "X-Forwarded-For", client).statusCode();
    }
}
