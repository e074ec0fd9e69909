package io.nearfar.sample.signin;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Whoever makes the present request. */
@ApplicationScoped
@DeclareRoles({Roles.EDITOR, Roles.ADMIN, Roles.PREMIUM})
public class Visitor {
    @Inject
    SecurityContext security;

    /** The name of the signed-in person; null for an anonymous visitor. */
    public @Nullable String name() {
        Principal principal = security.getCallerPrincipal();
        return principal == null ? null : principal.getName();
    }

    /**
     * The name of the signed-in person.
     *
     * @throws NotAuthorizedException if nobody is signed in
     */
    public String person() {
        String name = name();
        if (name == null) {
            throw new NotAuthorizedException("Sign in first.", "Session");
        }
        return name;
    }

    /**
     * Goes on only for those who may change what others see.
     *
     * @throws NotAuthorizedException if nobody is signed in
     * @throws ForbiddenException if the person is no editor
     */
    public void mustBeEditor() {
        String person = person();
        if (!security.isCallerInRole(Roles.EDITOR)) {
            throw new ForbiddenException(person + " may not do this; Ada may.");
        }
    }
}
