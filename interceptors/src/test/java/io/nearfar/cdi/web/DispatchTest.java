package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A request counts once, however often the server hands it on. Windows are an hour: none ends here. */
@Timeout(120)
class DispatchTest {
    private static WebServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        System.setProperty("nearfar.http.trusted-proxies", "127.0.0.0/8");
        System.setProperty("nearfar.limit.api.paths", "/api/*");
        System.setProperty("nearfar.limit.api.permits", "1");
        System.setProperty("nearfar.limit.api.window", "1h");
        server = new WebServer(
                folder,
                Map.of("/api/broken", new Broken(), "/api/forwarding", new Forwarding(), "/api/page", new Page()));
        server.errorPage(HttpServletResponse.SC_BAD_GATEWAY, "/api/page");
        server.errorPage(LimitFields.TOO_MANY_REQUESTS, "/api/page");
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            server.close();
        } finally {
            System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
        }
    }

    private static final class Broken extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(Integer.parseInt(request.getParameter("status")));
        }
    }

    private static final class Forwarding extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            request.getRequestDispatcher("/api/page").forward(request, response);
        }
    }

    /** Tells how the request came here, and who is known to have sent it. */
    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(request.getDispatcherType() + " " + new CurrentFacts().address());
        }
    }

    @Test
    void errorPage_underALimitWithoutRoom_isShownAndKnowsTheRequest() throws Exception {
        HttpResponse<String> answer = server.get("/api/broken?status=502", "X-Forwarded-For", "203.0.113.1");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("ERROR 203.0.113.1");
        assertThat(answer.headers().firstValue("RateLimit").orElse("none")).startsWith("\"api\";r=0;");
    }

    @Test
    void errorPageOfRefusals_isShownForThoseOfTheApplication() throws Exception {
        HttpResponse<String> own = server.get("/api/broken?status=429", "X-Forwarded-For", "203.0.113.2");
        assertThat(own.statusCode()).isEqualTo(429);
        assertThat(own.body()).isEqualTo("ERROR 203.0.113.2");

        HttpResponse<String> ours = server.get("/api/broken?status=429", "X-Forwarded-For", "203.0.113.2");
        assertThat(ours.statusCode()).isEqualTo(429);
        assertThat(ours.body()).contains("\"violated-policies\":[\"api\"]");
    }

    @Test
    void forward_toAPathOfTheSameLimit_isChargedOnce() throws Exception {
        HttpResponse<String> answer = server.get("/api/forwarding", "X-Forwarded-For", "203.0.113.3");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("FORWARD 203.0.113.3");
        assertThat(server.get("/api/forwarding", "X-Forwarded-For", "203.0.113.3")
                        .statusCode())
                .isEqualTo(429);
    }
}
