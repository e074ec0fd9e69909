package io.nearfar.cdi.web.response;

import io.nearfar.cdi.web.QueryText;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server tells of it. One that belongs to a session counts as one that says who sends it, for what servlets write
 * often depends on what is in there.
 */
record AskedOfServlet(HttpServletRequest request) implements Asked {
    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public boolean hasBody() {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    @Override
    public @Nullable String principal() {
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean isAuthorized() {
        return header("Authorization") != null || principal() != null || request.getSession(false) != null;
    }

    @Override
    public String path() {
        return request.getRequestURI();
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public List<String> parameters(String name) {
        return QueryText.all(request.getQueryString(), name);
    }

    @Override
    public String origin() {
        return request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort();
    }

    /** Returns the path within the application, as the server has decoded and cleaned it. */
    String served() {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }
}
