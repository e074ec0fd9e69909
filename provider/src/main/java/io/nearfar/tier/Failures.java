package io.nearfar.tier;

import io.nearfar.RateLimitExceededException;
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

    /** Tells whether a load failed because a rate limit has no room: nothing is wrong then, and much of it may come. */
    static boolean isRefusal(Throwable failure) {
        return unwrap(failure) instanceof RateLimitExceededException;
    }

    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
