package io.nearfar.cdi.cache;

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
    public @Nullable Object call(Invocation call) {
        StageCall method = new StageCall(call);
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
            ask(request, method).whenComplete((value, failure) -> {
                if (failure != null) {
                    afterFailure(failure, method, answer);
                } else if (isForeign(value, method)) {
                    Stages.forward(request.values().reloadAsync(request.key(), method), answer);
                } else {
                    plan.log().worked();
                    answer.complete(value);
                }
            });
        } catch (RuntimeException e) {
            plan.log().failed(e);
            Stages.forward(method.get(), answer);
        }
    }

    private CompletionStage<@Nullable Object> ask(ResultPlan.Request request, StageCall method) {
        Loads errors = request.errors();
        Supplier<CompletionStage<@Nullable Object>> load =
                errors == null ? method : new ExceptionStageStore(plan, request.key(), errors, method);
        return plan.skipGet()
                ? request.values().reloadAsync(request.key(), load)
                : request.values().getOrLoadAsync(request.key(), load);
    }

    private boolean isForeign(@Nullable Object value, StageCall method) {
        return value != null && !method.wasCalled() && !plan.result().fits(value);
    }

    /** The outcome of the method is the answer; the failure is told unless it is that outcome. */
    private void afterFailure(Throwable failure, StageCall method, CompletableFuture<@Nullable Object> answer) {
        method.get().whenComplete((value, thrown) -> {
            if (thrown == null || Sneaky.unwrapped(thrown) != Sneaky.unwrapped(failure)) {
                plan.log().failed(Sneaky.unwrapped(failure));
            }
            Stages.complete(answer, value, thrown);
        });
    }
}
