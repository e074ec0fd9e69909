package io.nearfar.cdi.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The method of one invocation that answers with a stage, called at most once: in the caller's thread or, if the cache
 * has it called later, in a thread of the common pool with the class loader of the caller's. What it throws, its stage
 * fails with.
 */
final class StageCall implements Supplier<CompletionStage<@Nullable Object>> {
    private final Invocation invocation;
    private final MethodFailures failures;
    private final Thread caller = Thread.currentThread();
    private final ClassLoader loader = caller.getContextClassLoader();
    private volatile @Nullable CompletionStage<@Nullable Object> stage;

    StageCall(Invocation invocation, MethodFailures failures) {
        this.invocation = invocation;
        this.failures = failures;
    }

    @Override
    public CompletionStage<@Nullable Object> get() {
        CompletionStage<@Nullable Object> present = stage;
        return present != null ? present : call();
    }

    /** Makes {@code stored} the outcome, as if the method's stage had failed with it now. */
    synchronized void standIn(Throwable stored) {
        stage = noted(CompletableFuture.failedFuture(stored));
    }

    boolean wasCalled() {
        return stage != null;
    }

    private synchronized CompletionStage<@Nullable Object> call() {
        CompletionStage<@Nullable Object> present = stage;
        if (present == null) {
            present = noted(Thread.currentThread() == caller ? proceed() : callLater());
            stage = present;
        }
        return present;
    }

    private CompletionStage<@Nullable Object> noted(CompletionStage<@Nullable Object> called) {
        return called.whenComplete((value, failure) -> {
            if (failure != null) {
                failures.add(Sneaky.unwrapped(failure));
            }
        });
    }

    private CompletionStage<@Nullable Object> callLater() {
        return CompletableFuture.supplyAsync(this::callWithLoader).thenCompose(called -> called);
    }

    private CompletionStage<@Nullable Object> callWithLoader() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return proceed();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @SuppressWarnings("unchecked") // the plan says that the method returns a stage
    private CompletionStage<@Nullable Object> proceed() {
        try {
            Object result = invocation.proceed();
            return result == null
                    ? CompletableFuture.completedFuture(null)
                    : (CompletionStage<@Nullable Object>) result;
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
