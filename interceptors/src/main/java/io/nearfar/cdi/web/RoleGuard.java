package io.nearfar.cdi.web;

import io.nearfar.StatusSettings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who has a role of the web application, and answers all others. */
final class RoleGuard {
    private static final Logger LOG = LoggerFactory.getLogger(RoleGuard.class);
    private static final String CHALLENGE = "WWW-Authenticate";

    private final String role;

    RoleGuard(String role) {
        this.role = role;
    }

    /** Tells whether a request may go on; if not, it has been answered. */
    boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isAdmitted(request)) {
            return true;
        }
        if (request.getUserPrincipal() == null && !signsIn(request, response)) {
            refuseUnknown(response);
            return false;
        }
        if (isAdmitted(request)) {
            return true;
        }
        if (!response.isCommitted()) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "Who is signed in lacks the role " + role + ".");
        }
        return false;
    }

    private boolean isAdmitted(HttpServletRequest request) {
        return role.equals(StatusSettings.NOBODY_IS_ASKED) || request.isUserInRole(role);
    }

    /** Has the container ask who is there, in whatever way the application has chosen. */
    private static boolean signsIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            return request.authenticate(response) && request.getUserPrincipal() != null;
        } catch (ServletException | RuntimeException noLogin) { // servers without one fail in various ways
            LOG.debug("The web application cannot ask who is there", noLogin);
            return false;
        }
    }

    /** What the container has answered, a challenge or the way to a page for signing in, stays. */
    private static void refuseUnknown(HttpServletResponse response) throws IOException {
        boolean isAnswered = response.isCommitted()
                || response.getStatus() != HttpServletResponse.SC_OK
                || response.containsHeader(CHALLENGE);
        if (!isAnswered) {
            response.setHeader(CHALLENGE, "Bearer realm=\"caches\"");
            refuse(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "Nobody is signed in, and the web application has no login that could ask. See nearfar.status.role.");
        }
    }

    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "refused");
        body.put("message", message);
        response.setStatus(status);
        EndpointFilter.write(response, EndpointFilter.JSON, JsonText.of(body));
    }
}
