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
 * How operations that answer with stages are carried out: at once where everything is known, else by a thread of the cache. What
 * callers hold is completed by such a thread, too, and by one that does nothing that waits where the operation did not. So no thread
 * of the link or of the tiers runs the application's code, and no answer waits behind somebody's load.
 */
final class AsyncCalls {
    private final Runnable mustBeOpen;
    private final Executor threads;
    private final Completers completers;

    /**
     * Creates it.
     *
     * @param mustBeOpen throws if the cache is closed
     * @param threads those of the cache for what may wait
     * @param completers those of the cache for what does not
     */
    AsyncCalls(Runnable mustBeOpen, Executor threads, Completers completers) {
        this.mustBeOpen = mustBeOpen;
        this.threads = threads;
        this.completers = completers;
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
                made.whenComplete((value, failure) -> completers.execute(() -> settle(promise, value, failure)));
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
        completers.expect();
        answer.whenComplete((met, failure) -> {
            if (failure != null && NeedsThreadException.is(failure)) {
                threads.execute(() -> keep(promise, () -> CompletableFuture.completedFuture(wholly.get())));
                completers.expectNoMore();
            } else {
                completers.execute(() -> keep(promise, () -> ended(met, failure, end)));
            }
        });
        return promise;
    }

    /** The caller is told afterwards: who goes on from the stage may close the cache, which waits for this. */
    private <R extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> ended(
            R met, @Nullable Throwable failure, Function<R, T> end) {
        try {
            return failure == null
                    ? CompletableFuture.completedFuture(end.apply(met))
                    : CompletableFuture.failedFuture(failure);
        } finally {
            completers.expectNoMore();
        }
    }

    /** Goes on with an answer in a thread of the cache; {@code next} waits for nobody. */
    <R extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> thenLater(
            CompletableFuture<R> answer, Function<R, CompletionStage<T>> next) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        answer.whenComplete((met, failure) -> completers.execute(() ->
                keep(promise, () -> failure == null ? next.apply(met) : CompletableFuture.failedFuture(failure))));
        return promise;
    }

    /**
     * Makes all calls, and completes when all have, with the first failure if there is one.
     *
     * @param end makes of the answers what the caller gets, and waits for nobody
     */
    <A, T extends @Nullable Object, R extends @Nullable Object> CompletionStage<R> all(
            Collection<? extends A> arguments, Function<A, CompletionStage<T>> call, Function<List<T>, R> end) {
        List<CompletableFuture<T>> stages = new ArrayList<>(arguments.size());
        for (A argument : arguments) {
            stages.add(call.apply(argument).toCompletableFuture());
        }
        CompletableFuture<Void> done = CompletableFuture.allOf(stages.toArray(new CompletableFuture<?>[0]));
        return done.isDone() && !done.isCompletedExceptionally()
                ? CompletableFuture.completedFuture(end.apply(joined(stages)))
                : thenLater(done, all -> here(() -> end.apply(joined(stages))));
    }

    private static <T extends @Nullable Object> List<T> joined(List<CompletableFuture<T>> stages) {
        List<T> values = new ArrayList<>(stages.size());
        stages.forEach(stage -> values.add(stage.join()));
        return values;
    }
}
