package io.nearfar.cdi.cache;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Stands around every annotated method. Outside of transactions ({@code @Transactional} has priority
 * {@code PLATFORM_BEFORE + 200}): a hit begins none, and a removal after the method is a removal after the commit, so
 * that nobody can load the old row again in between.
 */
@Interceptor
@CacheIntercepted
@Priority(CacheInterceptor.PRIORITY)
public class CacheInterceptor implements Serializable {
    /** Where it stands among the interceptors of a method; those with a greater number are inside and skipped by a hit. */
    public static final int PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 100;

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the container injects a proxy, which can be passivated
    private final CacheActions actions;

    /** Creates one for a bean; called by the container. */
    @Inject
    public CacheInterceptor(CacheActions actions) {
        this.actions = actions;
    }

    /**
     * Answers the call.
     *
     * @throws Exception what the method throws
     */
    @AroundInvoke
    public @Nullable Object answer(InvocationContext context) throws Exception {
        return actions.call(context);
    }
}
