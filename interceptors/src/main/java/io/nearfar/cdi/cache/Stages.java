package io.nearfar.cdi.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How the outcome of one stage becomes that of another. */
public final class Stages {
    private Stages() {}

    /**
     * Tells {@code reader} the outcome of {@code stage}: at once if there is one, else in a thread of the common pool, since
     * the thread that completes the stage may be the cache's.
     */
    static void whenDone(
            CompletionStage<@Nullable Object> stage, BiConsumer<@Nullable Object, @Nullable Throwable> reader) {
        BiConsumer<@Nullable Object, @Nullable Throwable> unwrapping =
                (value, failure) -> reader.accept(value, failure == null ? null : Sneaky.unwrapped(failure));
        if (stage.toCompletableFuture().isDone()) {
            stage.whenComplete(unwrapping);
        } else {
            stage.whenCompleteAsync(unwrapping);
        }
    }

    /** Completes {@code answer} as {@code stage} completes, without the wrapper that dependent stages add. */
    public static void forward(CompletionStage<?> stage, CompletableFuture<@Nullable Object> answer) {
        stage.whenComplete((value, failure) -> complete(answer, value, failure));
    }

    /** Completes {@code answer} with {@code value}, or exceptionally if there is a {@code failure}. */
    static void complete(
            CompletableFuture<@Nullable Object> answer, @Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(Sneaky.unwrapped(failure));
        }
    }
}
