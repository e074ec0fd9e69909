package io.nearfar.cdi.limit;

import io.nearfar.cdi.method.TypeVariables;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** All limits of a method, ready to be asked. Safe for use by several threads. */
public final class LimitPlan {
    private final LimitedMethod method;
    private final List<PlannedLimit> limits;
    private final Class<?> returned;

    LimitPlan(LimitedMethod method, List<PlannedLimit> limits) {
        TypeVariables variables = new TypeVariables(method.beanClass());
        this.method = method;
        this.limits = limits;
        this.returned = variables.raw(method.method().getGenericReturnType());
    }

    /** Returns the method, as its class declares it. */
    public Method method() {
        return method.method();
    }

    /**
     * Tells whether a filter can decide before the arguments are read: no limit counts by them, and no fallback method has to
     * answer a call that is refused.
     */
    public boolean isEarly() {
        return limits.stream().allMatch(limit -> limit.fallback() == null && !limit.readsArguments());
    }

    /** Tells whether it may matter for any limit who the caller is; if not, a filter can decide before authentication. */
    public boolean readsPrincipal() {
        return limits.stream().anyMatch(PlannedLimit::readsPrincipal);
    }

    List<PlannedLimit> limits() {
        return limits;
    }

    /** Tells whether the method answers with a stage. */
    boolean isStage() {
        return returned == CompletionStage.class || returned == CompletableFuture.class;
    }

    /** Tells whether the method answers with a future that is no stage. */
    boolean isFuture() {
        return returned == Future.class;
    }
}
