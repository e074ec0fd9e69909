package io.nearfar.cdi.cache;

import io.nearfar.AsyncContextLoad;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code @CacheResult} at a method that answers with a stage: what the stage completes with is cached, never the stage.
 * Each caller gets a stage of their own; none waits.
 */
final class ResultStageAction implements CacheAction {
    private final ResultPlan plan;

    ResultStageAction(ResultPlan plan) {
        this.plan = plan;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the caller of the method gets the stage
    public @Nullable Object call(Invocation call) {
        StageCall method = new StageCall(call, plan.thrown());
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        ResultPlan.Request request = plan.request(call);
        if (request == null) {
            Stages.forward(method.get(), answer);
        } else {
            answer(request, method, answer);
        }
        return answer;
    }

    private void answer(ResultPlan.Request request, StageCall method, CompletableFuture<@Nullable Object> answer) {
        try {
            Stages.whenDone(ask(request, method), (value, failure) -> {
                if (failure != null) {
                    afterFailure(failure, method, answer);
                } else if (isForeign(value)) {
                    Stages.forward(reloaded(request, method), answer);
                } else {
                    plan.log().worked();
                    answer.complete(value);
                }
            });
        } catch (RuntimeException e) {
            afterFailure(e, method, answer);
        }
    }

    private CompletionStage<@Nullable Object> ask(ResultPlan.Request request, StageCall method) {
        Loads errors = request.errors();
        Supplier<CompletionStage<@Nullable Object>> load =
                errors == null ? method : new ExceptionStageStore(plan, request.key(), errors, method);
        return plan.skipGet()
                ? request.values().reloadAsync(request.key(), tagged(request, load))
                : request.values().getOrLoadAsync(request.key(), tagged(request, load));
    }

    private AsyncContextLoad<Object> tagged(
            ResultPlan.Request request, Supplier<CompletionStage<@Nullable Object>> load) {
        return context -> load.get().thenApply(value -> {
            plan.tag(context, request, value);
            return value;
        });
    }

    private CompletionStage<@Nullable Object> reloaded(ResultPlan.Request request, StageCall method) {
        try {
            return request.values().reloadAsync(request.key(), tagged(request, method));
        } catch (RuntimeException e) {
            plan.log().failed(e);
            return method.get();
        }
    }

    private boolean isForeign(@Nullable Object value) {
        return value != null && !plan.result().fits(value);
    }

    private void afterFailure(Throwable failure, StageCall method, CompletableFuture<@Nullable Object> answer) {
        if (plan.isAnswer(failure)) {
            answer.completeExceptionally(failure);
        } else {
            plan.log().failed(failure);
            Stages.forward(method.get(), answer);
        }
    }
}
