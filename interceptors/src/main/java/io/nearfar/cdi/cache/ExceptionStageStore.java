package io.nearfar.cdi.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link ExceptionStore} is, for a method that answers with a stage: a stage that fails has thrown. */
final class ExceptionStageStore implements Supplier<CompletionStage<@Nullable Object>> {
    private final ResultPlan plan;
    private final Object key;
    private final Loads errors;
    private final StageCall method;

    ExceptionStageStore(ResultPlan plan, Object key, Loads errors, StageCall method) {
        this.plan = plan;
        this.key = key;
        this.errors = errors;
        this.method = method;
    }

    @Override
    public CompletionStage<@Nullable Object> get() {
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        try {
            Stages.whenDone(storedOrCalled(), (stored, failure) -> answer(failure, answer));
        } catch (RuntimeException e) {
            answer(e, answer);
        }
        return answer;
    }

    private void answer(@Nullable Throwable failure, CompletableFuture<@Nullable Object> answer) {
        if (failure != null && Refusals.isRefusal(failure)) {
            answer.completeExceptionally(failure);
            return;
        }
        if (failure != null && !plan.thrown().contains(failure)) {
            plan.log().failed(failure);
        }
        Stages.forward(method.get(), answer);
    }

    private CompletionStage<@Nullable Object> storedOrCalled() {
        if (plan.skipGet()) {
            return errors.reloadAsync(key, context -> thrown());
        }
        return errors.getOrLoadAsync(key, context -> thrown()).thenCompose(this::reuseOrCall);
    }

    private CompletionStage<@Nullable Object> reuseOrCall(@Nullable Object stored) {
        if (!method.wasCalled() && stored instanceof Throwable thrown) {
            method.standIn(thrown);
        }
        return method.wasCalled()
                ? CompletableFuture.completedFuture(null)
                : errors.reloadAsync(key, context -> thrown());
    }

    /** Calls the method; completes with what its stage failed with if that is to be stored, else as the stage does. */
    private CompletionStage<@Nullable Object> thrown() {
        return method.get().handle((value, failure) -> {
            if (failure == null) {
                return null;
            }
            Throwable thrown = Sneaky.unwrapped(failure);
            if (plan.filter().passes(thrown)) {
                return thrown;
            }
            throw new CompletionException(thrown);
        });
    }
}
