package io.nearfar.cdi.web;

import io.nearfar.Decision;
import io.nearfar.RateLimitExceededException;
import io.nearfar.cdi.limit.LimitGate;
import io.nearfar.cdi.limit.LimitPlan;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Decides about calls of limited methods of resources before anything of the request is read, and notes that they are
 * charged. Leaves alone what needs arguments, and what another method answers for: the interceptor decides about it.
 */
final class EarlyLimits {
    private final ResourceInfo resource;
    private final boolean isAfterAuthentication;
    private volatile @Nullable LimitGate gate;

    /** Creates those of one of two places: limits that it may matter to who the caller is are for the later one. */
    EarlyLimits(ResourceInfo resource, boolean isAfterAuthentication) {
        this.resource = resource;
        this.isAfterAuthentication = isAfterAuthentication;
    }

    /** Decides about a request, and ends it if it is refused. */
    void decide(ContainerRequestContext context) {
        HttpServletRequest request = CurrentRequest.get();
        LimitGate found = request == null ? null : gate();
        LimitPlan plan = found == null ? null : plan(found);
        if (request != null && found != null && plan != null && isHere(plan)) {
            Decision decision =
                    found.decideEarly(plan, new ServletFacts(request)).decision();
            Told.of(request).charged(plan.method());
            if (decision != null && !decision.admitted()) {
                context.abortWith(RefusalMapper.response(new RateLimitExceededException(decision)));
            }
        }
    }

    /** What the implementation of JAX-RS answers by itself, such as OPTIONS, has no method of a class. */
    private @Nullable LimitPlan plan(LimitGate found) {
        Class<?> type = resource.getResourceClass();
        Method method = resource.getResourceMethod();
        return type == null || method == null ? null : found.plan(type, method);
    }

    private boolean isHere(LimitPlan plan) {
        return plan.isEarly() && plan.readsPrincipal() == isAfterAuthentication;
    }

    private @Nullable LimitGate gate() {
        LimitGate known = gate;
        if (known == null) {
            known = Gates.find();
            gate = known;
        }
        return known;
    }
}
