package io.nearfar.cdi.limit;

import io.nearfar.Decision;
import io.nearfar.RateLimitExceededException;
import io.nearfar.cdi.cache.Sneaky;
import io.nearfar.cdi.cache.Stages;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One call of a limited method. If the method answers with a stage or a future, nobody waits for the decision: what is decided
 * later is called in a thread of the common pool, with the class loader of the caller's.
 */
final class LimitedInvocation {
    private final LimitJudge judge;
    private final LimitPlan plan;
    private final KnownCall call;
    private final InvocationContext context;

    LimitedInvocation(LimitJudge judge, LimitPlan plan, KnownCall call, InvocationContext context) {
        this.judge = judge;
        this.plan = plan;
        this.call = call;
        this.context = context;
    }

    /**
     * Answers the call.
     *
     * @throws Exception as {@link LimitGate#call}
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the caller of the method gets the stage
    @Nullable
    Object answer() throws Exception {
        if (!plan.isStage() && !plan.isFuture()) {
            LimitRuling ruling = judge.decide(LimitQuestion.of(plan, call));
            RateLimitExceededException refusal = refusal(ruling);
            if (refusal != null) {
                throw refusal;
            }
            return admitted(ruling);
        }
        CompletableFuture<LimitRuling> ruling;
        try {
            ruling = judge.decideAsync(LimitQuestion.of(plan, call)).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return ruling.isDone() && !ruling.isCompletedExceptionally() ? answerNow(ruling.join()) : answerLater(ruling);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // likewise
    private @Nullable Object answerNow(LimitRuling ruling) throws Exception {
        RateLimitExceededException refusal = refusal(ruling);
        return refusal == null ? admitted(ruling) : CompletableFuture.failedFuture(refusal);
    }

    private Future<?> answerLater(CompletableFuture<LimitRuling> ruling) {
        return plan.isStage() ? stageLater(ruling) : futureLater(ruling);
    }

    private CompletableFuture<@Nullable Object> stageLater(CompletableFuture<LimitRuling> ruling) {
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        whenDecided(ruling, answer, result -> {
            if (result instanceof CompletionStage<?> stage) {
                Stages.forward(stage, answer);
            } else {
                answer.complete(null);
            }
        });
        return answer;
    }

    private Future<?> futureLater(CompletableFuture<LimitRuling> ruling) {
        CompletableFuture<@Nullable Future<?>> answer = new CompletableFuture<>();
        whenDecided(ruling, answer, result -> answer.complete((Future<?>) result));
        return new LaterFuture(answer);
    }

    /** What is done with the result of the method, or of its fallback. */
    private interface Receiver {
        void take(@Nullable Object result);
    }

    /** Calls the method once it is decided, unless nobody waits for {@code answer} any more. */
    @SuppressWarnings("FutureReturnValueIgnored") // the answer tells how it ends
    private void whenDecided(CompletableFuture<LimitRuling> ruling, CompletableFuture<?> answer, Receiver receiver) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ruling.whenCompleteAsync((decided, failure) -> {
            if (answer.isDone()) {
                return;
            }
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                receive(decided, failure, receiver);
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            } finally {
                thread.setContextClassLoader(before);
            }
        });
    }

    private void receive(@Nullable LimitRuling decided, @Nullable Throwable failure, Receiver receiver)
            throws Exception {
        if (failure != null) {
            throw Sneaky.asException(Sneaky.unwrapped(failure));
        }
        LimitRuling ruling = Objects.requireNonNull(decided, "what was decided without a failure");
        RateLimitExceededException refusal = refusal(ruling);
        if (refusal != null) {
            throw refusal;
        }
        receiver.take(admitted(ruling));
    }

    /** Returns what the caller gets if nothing answers, or null if the method or its fallback does. */
    private static @Nullable RateLimitExceededException refusal(LimitRuling ruling) {
        Decision decision = ruling.decision();
        if (decision == null || decision.admitted() || ruling.fallback() != null) {
            return null;
        }
        return new RateLimitExceededException(decision);
    }

    private @Nullable Object admitted(LimitRuling ruling) throws Exception {
        Method fallback = ruling.fallback();
        return fallback == null ? context.proceed() : answerOf(fallback);
    }

    private @Nullable Object answerOf(Method fallback) throws Exception {
        try {
            return fallback.invoke(context.getTarget(), context.getParameters());
        } catch (InvocationTargetException e) {
            throw Sneaky.asException(e.getTargetException());
        }
    }
}
