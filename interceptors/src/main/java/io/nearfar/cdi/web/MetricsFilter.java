package io.nearfar.cdi.web;

import io.nearfar.MetricsSettings;
import io.nearfar.cdi.metrics.PrometheusText;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Answers where {@code nearfar.metrics.path} says with the metrics, if who asks may see them; else lets requests pass. */
final class MetricsFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        WebLimits.Opened open = request instanceof HttpServletRequest asked ? asked(asked) : null;
        if (open == null || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
            return;
        }
        answer(open, (HttpServletRequest) request, answer);
    }

    private static WebLimits.@Nullable Opened asked(HttpServletRequest request) {
        WebLimits.Opened open = WebLimits.of(request.getServletContext()).open();
        return open != null && path(request).equals(settings(open).path()) ? open : null;
    }

    private static MetricsSettings settings(WebLimits.Opened open) {
        return open.manager().unwrap(MetricsSettings.class);
    }

    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private static void answer(WebLimits.Opened open, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        MetricsSettings settings = settings(open);
        if (settings.role() != null && !request.isUserInRole(settings.role())) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        byte[] text = PrometheusText.of(open.manager().meters(), settings.usualNames())
                .getBytes(StandardCharsets.UTF_8);
        response.setContentType(PrometheusText.CONTENT_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }
}
