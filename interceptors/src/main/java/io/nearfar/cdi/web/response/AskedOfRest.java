package io.nearfar.cdi.web.response;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as JAX-RS tells of it. */
record AskedOfRest(ContainerRequestContext context) implements Asked {
    @Override
    public String method() {
        return context.getMethod();
    }

    @Override
    public @Nullable String header(String name) {
        return context.getHeaderString(name);
    }

    @Override
    public boolean hasBody() {
        return context.hasEntity();
    }

    @Override
    public @Nullable String principal() {
        SecurityContext security = context.getSecurityContext();
        Principal principal = security == null ? null : security.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean isAuthorized() {
        return header(HttpHeaders.AUTHORIZATION) != null || principal() != null;
    }

    @Override
    public String path() {
        return uri().getRawPath();
    }

    @Override
    public @Nullable String query() {
        return uri().getRawQuery();
    }

    @Override
    public List<String> parameters(String name) {
        return context.getUriInfo().getQueryParameters().getOrDefault(name, List.of());
    }

    @Override
    public String origin() {
        return uri().getScheme() + "://" + uri().getRawAuthority();
    }

    private URI uri() {
        return context.getUriInfo().getRequestUri();
    }
}
