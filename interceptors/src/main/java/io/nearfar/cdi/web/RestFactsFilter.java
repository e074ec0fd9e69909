package io.nearfar.cdi.web;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Notes with a request what JAX-RS knows of it, before anything else asks. */
@Priority(Priorities.AUTHENTICATION - RestFactsFilter.EARLIER)
public final class RestFactsFilter implements ContainerRequestFilter {
    static final int EARLIER = 500;

    /** Creates the filter; the implementation of JAX-RS calls this. */
    public RestFactsFilter() {}

    /** Leaves the request as it is. */
    @Override
    public void filter(ContainerRequestContext context) {
        HttpServletRequest request = CurrentRequest.get();
        if (request != null) {
            ServletFacts.note(request, new RestFacts(context));
            new Seen(Told.of(request), WebLimits.of(request.getServletContext())).keepIn(context);
        }
    }
}
