package io.nearfar.cdi.web;

import io.nearfar.NearfarManager;
import io.nearfar.StatusSettings;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers the requests for one path with what an endpoint shows; those for one that is switched off go on to the application. */
final class EndpointFilter implements Filter {
    static final String JSON = "application/json";
    private static final String HTML = "text/html";

    private final Endpoint endpoint;

    EndpointFilter(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isAnswered = request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && answers(asked, answer);
        if (!isAnswered) {
            chain.doFilter(request, response);
        }
    }

    private boolean answers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WebLimits.Opened open = WebLimits.of(request.getServletContext()).open();
        if (open == null) {
            unavailable(response, "The settings of the caches cannot be read, or are just being read; see the log.");
            return true;
        }
        StatusSettings settings = open.manager().unwrap(StatusSettings.class);
        if (!endpoint.isOn(settings)) {
            return false;
        }
        protect(response);
        if (!isRead(request)) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else if (new RoleGuard(settings.role()).admits(request, response)) {
            show(request, response, open.manager());
        }
        return true;
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** Nobody in between keeps an answer, and a browser runs nothing of it. */
    private static void protect(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    }

    private void show(HttpServletRequest request, HttpServletResponse response, NearfarManager manager)
            throws IOException {
        Map<String, @Nullable Object> report;
        try {
            report = endpoint.report(manager);
        } catch (IllegalStateException closed) {
            unavailable(response, "The cache manager is closed: " + closed.getMessage());
            return;
        }
        response.setHeader("Vary", "Accept");
        String page = AcceptField.prefersHtml(request.getHeader("Accept")) ? endpoint.page(report) : null;
        if (page == null) {
            write(response, JSON, JsonText.of(report));
        } else {
            write(response, HTML, page);
        }
    }

    private static void unavailable(HttpServletResponse response, String message) throws IOException {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "error");
        body.put("message", message);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        write(response, JSON, JsonText.of(body));
    }

    /** Writes a body; to HEAD the container sends none of it. */
    static void write(HttpServletResponse response, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type + ";charset=UTF-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
