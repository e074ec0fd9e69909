package io.nearfar.cdi.web;

import io.nearfar.Decision;
import io.nearfar.cdi.request.RequestFacts;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a servlet container knows of a request and, where JAX-RS has taken it up, what that knows better: who was
 * authenticated by its filters, and parameters of the path.
 */
final class ServletFacts implements RequestFacts {
    private static final String BETTER = ServletFacts.class.getName();

    private final HttpServletRequest request;

    ServletFacts(HttpServletRequest request) {
        this.request = request;
    }

    /** Notes with a request who knows better than its container who sent it, and what stands in its path. */
    static void note(HttpServletRequest request, RequestFacts better) {
        request.setAttribute(BETTER, better);
    }

    private @Nullable RequestFacts better() {
        return request.getAttribute(BETTER) instanceof RequestFacts better ? better : null;
    }

    @Override
    public @Nullable String principal() {
        RequestFacts better = better();
        if (better != null) {
            return better.principal();
        }
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean isInRole(String role) {
        RequestFacts better = better();
        return better == null ? request.isUserInRole(role) : better.isInRole(role);
    }

    @Override
    public @Nullable String address() {
        WebLimits.Opened open = WebLimits.of(request.getServletContext()).open();
        return open == null ? request.getRemoteAddr() : open.address(request);
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public @Nullable String parameter(String name) {
        RequestFacts better = better();
        String inPath = better == null ? null : better.parameter(name);
        return inPath == null ? QueryText.first(request.getQueryString(), name) : inPath;
    }

    @Override
    public boolean takeCharged(Method method) {
        return Told.of(request).takeCharged(method);
    }

    @Override
    public Consumer<Decision> listener() {
        return Told.of(request)::add;
    }
}
