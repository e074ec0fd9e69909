package io.nearfar.cdi.annotation;

import org.jspecify.annotations.Nullable;

/**
 * Tells by what a request is counted; named by {@link RateLimited#keyResolver}. A bean, used by several threads: make it
 * {@code @ApplicationScoped}.
 */
public interface LimitKeyResolver extends LimitResolver {
    /**
     * Returns the key whose permits the call takes: any text, such as a tenant. Null or empty: all such calls share one
     * count. What it throws reaches the caller, and the method is not called.
     */
    @Nullable
    String key(LimitedCall call);
}
