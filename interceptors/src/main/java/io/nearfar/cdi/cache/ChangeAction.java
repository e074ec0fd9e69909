package io.nearfar.cdi.cache;

import io.nearfar.cdi.method.ExceptionFilter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code @CachePut}, {@code @CacheRemove}, {@code @CacheRemoveAll}, {@code @InvalidateTags} and {@code @Invalidate}: the method is always called, and the cache changes
 * before it or after it. If the method answers with a stage, after it is when the stage is complete. Where a method has several changes, all
 * of them are made, also where one is refused.
 */
final class ChangeAction implements CacheAction {
    private final Change change;
    private final boolean afterInvocation;
    private final ExceptionFilter filter;
    private final FailureLog log;
    private final RefusedChanges refused;

    /**
     * Creates one.
     *
     * @param filter says after which exceptions the cache changes all the same
     * @param refused knows what was refused of the other changes of a method
     */
    ChangeAction(
            Change change, boolean afterInvocation, ExceptionFilter filter, FailureLog log, RefusedChanges refused) {
        this.change = change;
        this.afterInvocation = afterInvocation;
        this.filter = filter;
        this.log = log;
        this.refused = refused;
    }

    @Override
    public @Nullable Object call(Invocation call) throws Exception {
        return afterInvocation ? callThenChange(call) : changeThenCall(call);
    }

    private @Nullable Object changeThenCall(Invocation call) throws Exception {
        change(call, null);
        return call.proceed();
    }

    private @Nullable Object callThenChange(Invocation call) throws Exception {
        Object result;
        try {
            result = call.proceed();
        } catch (Throwable e) {
            changeAfter(call, e);
            throw e;
        }
        if (result instanceof CompletionStage<?> stage) {
            return changeWhenComplete(call, stage);
        }
        changeAfterSuccess(call, result);
        return result;
    }

    private CompletionStage<?> changeWhenComplete(Invocation call, CompletionStage<?> stage) {
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        stage.whenCompleteAsync((value, failure) -> {
            if (failure == null) {
                changeAndComplete(call, value, answer);
            } else {
                changeAfter(call, Sneaky.unwrapped(failure));
                answer.completeExceptionally(Sneaky.unwrapped(failure));
            }
        });
        return answer;
    }

    private void changeAndComplete(
            Invocation call, @Nullable Object value, CompletableFuture<@Nullable Object> answer) {
        try {
            changeAfterSuccess(call, value);
            answer.complete(value);
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    private void changeAfterSuccess(Invocation call, @Nullable Object result) {
        try {
            change(call, result);
        } catch (RuntimeException e) {
            refused.add(e, result);
            throw e;
        }
    }

    /** What the method threw, or another change of it, is what the caller gets, whatever comes of this one. */
    private void changeAfter(Invocation call, Throwable thrown) {
        RefusedChanges.Done done = refused.find(thrown);
        try {
            if (done != null) {
                change(call, done.result());
            } else if (filter.passes(thrown)) {
                change(call, null);
            }
        } catch (RuntimeException e) {
            if (e != thrown) {
                thrown.addSuppressed(e);
            }
        }
    }

    private void change(Invocation call, @Nullable Object result) {
        try {
            change.apply(call, result);
            log.worked();
        } catch (RuntimeException e) {
            if (Refusals.isRefusal(e)) {
                throw e;
            }
            log.failed(e);
        }
    }
}
