package io.nearfar.cdi.web;

import io.nearfar.Decision;
import io.nearfar.Quota;
import io.nearfar.RateLimitExceededException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the limits that settings give for paths, before anything of the request is read, and answers with status 429 where
 * there is no room, or where something behind it throws that there is none. In front of every servlet.
 */
final class RateLimitFilter implements Filter {
    /** Causes may go round in a circle. */
    private static final int MOST_CAUSES = 100;

    private final Clock clock;

    RateLimitFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            try (CurrentRequest current = CurrentRequest.enter(asked)) {
                filter(current.request(), answer, chain);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        WebLimits limits = WebLimits.of(request.getServletContext());
        WebLimits.Opened open = limits.open();
        if (open != null && isFirst(request)) {
            List<Quota> quotas = new PathQuotas(open, request).find();
            Decision decision = quotas.isEmpty() ? null : limits.decide(open, quotas);
            if (decision != null && !decision.admitted()) {
                refuse(open, decision, response);
                return;
            } else if (decision != null) {
                Told.of(request).add(decision);
                add(open.fields().ofAdmitted(decision.uses(), clock.instant()), response);
            }
        }
        goOn(open, request, response, chain);
    }

    /** What was started asynchronously comes by again, and so do error pages, which are to be shown. */
    private static boolean isFirst(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST;
    }

    private static void goOn(
            WebLimits.@Nullable Opened open,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException e) {
            RateLimitExceededException refusal = refusalIn(e);
            if (refusal == null || open == null || response.isCommitted()) {
                throw e;
            }
            response.resetBuffer();
            refuse(open, refusal.decision(), response);
        }
    }

    private static @Nullable RateLimitExceededException refusalIn(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof RateLimitExceededException refusal) {
                return refusal;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static void refuse(WebLimits.Opened open, Decision decision, HttpServletResponse response)
            throws IOException {
        response.setStatus(LimitFields.TOO_MANY_REQUESTS);
        add(open.fields().ofDenied(decision), response);
        response.setContentType(LimitFields.PROBLEM);
        write(open.fields().problem(decision), response);
    }

    private static void write(String body, HttpServletResponse response) throws IOException {
        response.setContentLength(body.length());
        try {
            response.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalStateException hasWriter) {
            response.getWriter().write(body);
        }
    }

    private static void add(Map<String, String> fields, HttpServletResponse response) {
        fields.forEach(response::setHeader);
    }
}
