package io.nearfar.cdi.web;

import io.nearfar.cdi.request.RequestFacts;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** What JAX-RS knows better than the container: who its filters have authenticated, and parameters of the path. */
final class RestFacts implements RequestFacts {
    private final ContainerRequestContext context;

    RestFacts(ContainerRequestContext context) {
        this.context = context;
    }

    @Override
    public @Nullable String principal() {
        SecurityContext security = context.getSecurityContext();
        Principal principal = security == null ? null : security.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean isInRole(String role) {
        SecurityContext security = context.getSecurityContext();
        return security != null && security.isUserInRole(role);
    }

    @Override
    public @Nullable String parameter(String name) {
        return context.getUriInfo().getPathParameters().getFirst(name);
    }
}
