package io.nearfar.cdi.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * What a response needs of its request, which it may be written in another thread than.
 *
 * @param told what was decided about it
 * @param limits those of its application
 */
record Seen(Told told, WebLimits limits) {
    private static final String NAME = Seen.class.getName();

    /** Keeps it for the response. */
    void keepIn(ContainerRequestContext context) {
        context.setProperty(NAME, this);
    }

    /** Returns what was kept or, of a request that was refused before, what its thread knows; null if that is nothing. */
    static @Nullable Seen of(ContainerRequestContext context) {
        if (context.getProperty(NAME) instanceof Seen seen) {
            return seen;
        }
        HttpServletRequest request = CurrentRequest.get();
        return request == null ? null : new Seen(Told.of(request), WebLimits.of(request.getServletContext()));
    }
}
