package io.nearfar.cdi.web;

import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/**
 * Holds the limits of resources before requests are read, makes refusals responses, and has responses tell of limits. Registered
 * by the feature of responses, which is named by a service file; applications that list their classes have it too.
 */
public final class RestFeature implements Feature {
    /** Creates the feature; the implementation of JAX-RS calls this. */
    public RestFeature() {}

    /** Registers what it consists of, in servers; clients read the same service file. */
    @Override
    public boolean configure(FeatureContext context) {
        if (context.getConfiguration().getRuntimeType() != RuntimeType.SERVER) {
            return false;
        }
        context.register(RestFactsFilter.class).register(RefusalMapper.class).register(LimitResponseFilter.class);
        if (Apis.has("jakarta.enterprise.inject.spi.CDI") && Apis.has("jakarta.interceptor.InvocationContext")) {
            context.register(AddressLimitFilter.class)
                    .register(PersonLimitFilter.class)
                    .register(ResourceCheck.class);
        }
        return true;
    }
}
