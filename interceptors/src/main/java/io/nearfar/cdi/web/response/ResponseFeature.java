package io.nearfar.cdi.web.response;

import io.nearfar.cdi.web.RestFeature;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/**
 * Has responses of resources be kept, and registers what the rest of this module has for JAX-RS. Named by a service file that only
 * implementations of JAX-RS read, and alone there: RESTEasy takes one of all that have no priority.
 */
public final class ResponseFeature implements Feature {
    /** Creates the feature; the implementation of JAX-RS calls this. */
    public ResponseFeature() {}

    /** Registers what it consists of, in servers; clients read the same service file. */
    @Override
    public boolean configure(FeatureContext context) {
        if (context.getConfiguration().getRuntimeType() != RuntimeType.SERVER) {
            return false;
        }
        context.register(RestFeature.class).register(ResponseBinding.class);
        return true;
    }
}
