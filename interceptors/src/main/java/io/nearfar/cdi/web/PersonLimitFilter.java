package io.nearfar.cdi.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;

/** Holds limits that it may matter to who the caller is, when that is known. */
@Priority(Priorities.AUTHENTICATION + PersonLimitFilter.LATER)
public final class PersonLimitFilter implements ContainerRequestFilter {
    static final int LATER = 100;

    private final EarlyLimits limits;

    /** Creates the filter; the implementation of JAX-RS calls this. */
    public PersonLimitFilter(@Context ResourceInfo resource) {
        this.limits = new EarlyLimits(resource, true);
    }

    /** Ends a request that is refused. */
    @Override
    public void filter(ContainerRequestContext context) {
        limits.decide(context);
    }
}
