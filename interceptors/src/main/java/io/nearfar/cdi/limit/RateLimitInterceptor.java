package io.nearfar.cdi.limit;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Stands around every limited method, outside of caches and transactions: a hit of a cache is counted as a call is, and a call
 * that is refused begins no transaction and is stored nowhere as the method's exception.
 */
@Interceptor
@RateLimitIntercepted
@Priority(RateLimitInterceptor.PRIORITY)
public class RateLimitInterceptor implements Serializable {
    /** Where it stands among the interceptors of a method; those with a greater number are inside and skipped by a refusal. */
    public static final int PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 50;

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the container injects a proxy, which can be passivated
    private final LimitGate gate;

    /** Creates one for a bean; called by the container. */
    @Inject
    public RateLimitInterceptor(LimitGate gate) {
        this.gate = gate;
    }

    /**
     * Answers the call.
     *
     * @throws Exception what the method throws, or the refusal
     */
    @AroundInvoke
    public @Nullable Object answer(InvocationContext context) throws Exception {
        return gate.call(context);
    }
}
