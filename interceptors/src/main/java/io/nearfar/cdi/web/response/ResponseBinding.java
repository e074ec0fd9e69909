package io.nearfar.cdi.web.response;

import io.nearfar.cdi.method.Findings;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Providers;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Map;

/** Puts a filter around each method of resources whose responses are kept, when an application of JAX-RS starts. */
public final class ResponseBinding implements DynamicFeature {
    private final ResponseBody bodies;

    /** Creates it; the implementation of JAX-RS calls this. */
    public ResponseBinding(@Context Providers providers) {
        this.bodies = new ResponseBody(providers);
    }

    /**
     * Looks at one method of a resource.
     *
     * @throws IllegalStateException if its annotation cannot be meant; an extension of CDI says so before, of beans
     */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Class<?> type = resource.getResourceClass();
        Method method = resource.getResourceMethod();
        Method cached = type == null || method == null ? null : ResourceMethods.cached(type, method);
        if (cached != null) {
            Findings findings = new Findings();
            ResponsePlan plan = new ResponsePlanReader(type, cached, findings).read();
            if (!findings.mistakes().isEmpty()) {
                throw new IllegalStateException(String.join("\n", findings.mistakes()));
            }
            context.register(
                    new ResponseFilter(plan, bodies, Clock.systemUTC()),
                    Map.of(
                            ContainerRequestFilter.class,
                            Integer.MAX_VALUE,
                            ContainerResponseFilter.class,
                            Integer.MAX_VALUE));
        }
    }
}
