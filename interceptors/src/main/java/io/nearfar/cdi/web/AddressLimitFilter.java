package io.nearfar.cdi.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;

/** Holds limits that count by addresses, headers and the like, before authentication, which may cost much. */
@Priority(Priorities.AUTHENTICATION - AddressLimitFilter.EARLIER)
public final class AddressLimitFilter implements ContainerRequestFilter {
    static final int EARLIER = 100;

    private final EarlyLimits limits;

    /** Creates the filter; the implementation of JAX-RS calls this. */
    public AddressLimitFilter(@Context ResourceInfo resource) {
        this.limits = new EarlyLimits(resource, false);
    }

    /** Ends a request that is refused. */
    @Override
    public void filter(ContainerRequestContext context) {
        limits.decide(context);
    }
}
