package io.nearfar.cdi.web;

import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.limit.LimitGate;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, when an application of JAX-RS starts, which of its limited resources are no beans of CDI: their limits would be held by
 * nobody, for only beans have them.
 */
public final class ResourceCheck implements DynamicFeature {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceCheck.class);

    /** Creates the check; the implementation of JAX-RS calls this. */
    public ResourceCheck() {}

    /** Looks at one method of a resource, and registers nothing. */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Class<?> type = resource.getResourceClass();
        Method method = resource.getResourceMethod();
        if (type == null || method == null || !isLimited(type, method)) {
            return;
        }
        LimitGate gate = Gates.find();
        if (gate != null && !gate.isBean(type)) {
            LOG.error(
                    "NF0904 @RateLimited has no effect on {} of {}, a resource that is no bean of CDI. Give the class a scope,"
                            + " such as @RequestScoped",
                    method.getName(),
                    type.getName());
        }
    }

    private static boolean isLimited(Class<?> type, Method method) {
        return method.getAnnotationsByType(RateLimited.class).length > 0
                || type.getAnnotationsByType(RateLimited.class).length > 0;
    }
}
