package io.nearfar.cdi.matrix.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/** Takes a request's word for who sends it, and for the one role that they have. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class Persons implements ContainerRequestFilter {
    /** Who it is. */
    static final String PERSON = "X-Person";

    /** What they are. */
    static final String ROLE = "X-Person-Role";

    @Override
    public void filter(ContainerRequestContext context) {
        String person = context.getHeaderString(PERSON);
        if (person != null) {
            context.setSecurityContext(new Known(person, String.valueOf(context.getHeaderString(ROLE))));
        }
    }

    private record Known(String person, String role) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return () -> person;
        }

        @Override
        public boolean isUserInRole(String asked) {
            return asked.equals(role);
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "word";
        }
    }
}
