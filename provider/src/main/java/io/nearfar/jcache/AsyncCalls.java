package io.nearfar.jcache;

import io.nearfar.entry.NeedsThreadException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How operations that answer with stages are carried out: at once where everything is known, else by a thread of the cache, which
 * is also the one that completes what callers hold. So no thread of the link or of the tiers runs the application's code.
 */
final class AsyncCalls {
    private final Runnable mustBeOpen;
    private final Executor threads;

    /**
     * Creates it.
     *
     * @param mustBeOpen throws if the cache is closed
     * @param threads those of the cache
     */
    AsyncCalls(Runnable mustBeOpen, Executor threads) {
        this.mustBeOpen = mustBeOpen;
        this.threads = threads;
    }

    /** Begins an operation in the calling thread; what it throws comes out of the stage. */
    <T extends @Nullable Object> CompletionStage<T> begun(Callable<CompletionStage<T>> operation) {
        try {
            mustBeOpen.run();
            return operation.call();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Carries out an operation in the calling thread, which waits for nobody. */
    static <T extends @Nullable Object> CompletionStage<T> here(Supplier<T> operation) {
        return CompletableFuture.completedFuture(operation.get());
    }

    /** Carries out an operation in a thread of the cache. */
    <T extends @Nullable Object> CompletionStage<T> inThread(Supplier<T> operation) {
        return inThreadLater(() -> CompletableFuture.completedFuture(operation.get()));
    }

    /** Begins an operation in a thread of the cache. */
    <T extends @Nullable Object> CompletionStage<T> inThreadLater(Supplier<CompletionStage<T>> operation) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        threads.execute(() -> keep(promise, operation));
        return promise;
    }

    private <T extends @Nullable Object> void keep(
            CompletableFuture<T> promise, Supplier<CompletionStage<T>> operation) {
        try {
            CompletableFuture<T> made = operation.get().toCompletableFuture();
            if (made.isDone()) {
                made.whenComplete((value, failure) -> settle(promise, value, failure));
            } else {
                made.whenComplete((value, failure) -> threads.execute(() -> settle(promise, value, failure)));
            }
        } catch (Throwable e) {
            promise.completeExceptionally(NeedsThreadException.cause(e));
        }
    }

    @SuppressWarnings("NullAway") // null is what there is
    private static <T extends @Nullable Object> void settle(
            CompletableFuture<T> promise, @Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            promise.complete(value);
        } else {
            promise.completeExceptionally(NeedsThreadException.cause(failure));
        }
    }

    /**
     * Goes on with an answer: in the calling thread if it is there, else in one of the cache.
     *
     * @param end makes of the answer what the caller gets, and waits for nobody
     * @param wholly the operation as a thread that may wait makes it, where that is needed and nothing was done yet
     */
    <R extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> then(
            CompletableFuture<R> answer, Function<R, T> end, Supplier<T> wholly) {
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            return CompletableFuture.completedFuture(end.apply(answer.join()));
        }
        CompletableFuture<T> promise = new CompletableFuture<>();
        answer.whenComplete((met, failure) -> threads.execute(() -> keep(promise, () -> {
            if (failure == null) {
                return CompletableFuture.completedFuture(end.apply(met));
            } else if (NeedsThreadException.is(failure)) {
                return CompletableFuture.completedFuture(wholly.get());
            }
            return CompletableFuture.failedFuture(failure);
        })));
        return promise;
    }

    /** Goes on with an answer in a thread of the cache. */
    <R extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> thenLater(
            CompletableFuture<R> answer, Function<R, CompletionStage<T>> next) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        answer.whenComplete((met, failure) -> threads.execute(() ->
                keep(promise, () -> failure == null ? next.apply(met) : CompletableFuture.failedFuture(failure))));
        return promise;
    }

    /** Makes all calls, and completes when all have, with the first failure if there is one. */
    <A, T extends @Nullable Object> CompletionStage<List<T>> all(
            Collection<? extends A> arguments, Function<A, CompletionStage<T>> call) {
        List<CompletableFuture<T>> stages = new ArrayList<>(arguments.size());
        for (A argument : arguments) {
            stages.add(call.apply(argument).toCompletableFuture());
        }
        CompletableFuture<Void> done = CompletableFuture.allOf(stages.toArray(new CompletableFuture<?>[0]));
        return done.isDone() && !done.isCompletedExceptionally()
                ? CompletableFuture.completedFuture(joined(stages))
                : thenLater(done, all -> here(() -> joined(stages)));
    }

    private static <T extends @Nullable Object> List<T> joined(List<CompletableFuture<T>> stages) {
        List<T> values = new ArrayList<>(stages.size());
        stages.forEach(stage -> values.add(stage.join()));
        return values;
    }

    Executor threads() {
        return threads;
    }
}
