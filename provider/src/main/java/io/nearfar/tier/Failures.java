package io.nearfar.tier;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Turns what futures wrap back into what was thrown. */
final class Failures {
    private Failures() {}

    static Exception asException(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof Exception exception
                ? exception
                : new IllegalStateException("A load failed without saying how: " + failure, failure);
    }

    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
