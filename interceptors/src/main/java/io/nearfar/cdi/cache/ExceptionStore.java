package io.nearfar.cdi.cache;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The call of a method whose exceptions are stored: made under the load lease of the cache of exceptions, so that one is
 * stored only if nothing touched its key since the call began. Runs when the cache of results has missed.
 */
final class ExceptionStore implements Callable<@Nullable Object> {
    private final ResultPlan plan;
    private final Object key;
    private final Loads errors;
    private final MethodCall method;

    ExceptionStore(ResultPlan plan, Object key, Loads errors, MethodCall method) {
        this.plan = plan;
        this.key = key;
        this.errors = errors;
        this.method = method;
    }

    @Override
    public @Nullable Object call() throws Exception {
        try {
            if (!plan.skipGet()) {
                reuse(errors.getOrLoad(key, context -> thrown()));
            }
            if (!method.wasCalled()) {
                errors.reload(key, context -> thrown());
            }
        } catch (Exception e) {
            absorb(e);
        }
        return method.call();
    }

    private void absorb(Exception failure) throws Exception {
        if (Refusals.isRefusal(failure)) {
            throw failure;
        } else if (!plan.thrown().contains(failure)) {
            plan.log().failed(failure);
        }
    }

    private void reuse(@Nullable Object stored) {
        if (!method.wasCalled() && stored instanceof Throwable thrown) {
            method.standIn(thrown);
        }
    }

    /** Calls the method; returns what it threw if that is to be stored, else null or throws. */
    private @Nullable Object thrown() throws Exception {
        try {
            method.call();
            return null;
        } catch (Throwable e) {
            if (plan.filter().passes(e)) {
                return e;
            }
            throw e;
        }
    }
}
