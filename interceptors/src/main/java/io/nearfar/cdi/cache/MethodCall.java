package io.nearfar.cdi.cache;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The method of one invocation, called at most once, and what came of it. A cache may call it, or not, or fail after it
 * did: the outcome of the method is what the caller gets.
 */
final class MethodCall implements Callable<@Nullable Object> {
    private final Invocation invocation;
    private final MethodFailures failures;
    private boolean called;
    private @Nullable Object result;
    private @Nullable Throwable thrown;

    MethodCall(Invocation invocation, MethodFailures failures) {
        this.invocation = invocation;
        this.failures = failures;
    }

    @Override
    public @Nullable Object call() throws Exception {
        if (!called) {
            called = true;
            try {
                result = invocation.proceed();
            } catch (Throwable e) {
                failWith(e);
            }
        }
        return outcome();
    }

    /** Makes {@code stored} the outcome, as if the method had thrown it now. */
    void standIn(Throwable stored) {
        called = true;
        failWith(stored);
    }

    private void failWith(Throwable failure) {
        thrown = failure;
        failures.add(failure);
    }

    boolean wasCalled() {
        return called;
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
