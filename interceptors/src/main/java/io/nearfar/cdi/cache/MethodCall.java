package io.nearfar.cdi.cache;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The method of one invocation, called at most once, and what came of it. A cache may call it, or not, or fail after it
 * did: the outcome of the method is what the caller gets.
 */
final class MethodCall implements Callable<@Nullable Object> {
    private final Invocation invocation;
    private boolean called;
    private @Nullable Object result;
    private @Nullable Throwable thrown;

    MethodCall(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public @Nullable Object call() throws Exception {
        if (!called) {
            called = true;
            try {
                result = invocation.proceed();
            } catch (Throwable e) {
                thrown = e;
            }
        }
        return outcome();
    }

    /** Makes {@code stored} the outcome, as if the method had thrown it now. */
    void standIn(Throwable stored) {
        called = true;
        thrown = stored;
    }

    boolean wasCalled() {
        return called;
    }

    /** Tells whether {@code failure} is what the method threw. */
    boolean threw(Throwable failure) {
        return thrown == failure;
    }

    private @Nullable Object outcome() throws Exception {
        Throwable failure = thrown;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw Sneaky.asException(failure);
        }
        return result;
    }
}
