package io.nearfar.cdi.cache;

import java.util.concurrent.CompletionException;

/** Hands on what was thrown, as it was thrown. */
public final class Sneaky {
    private Sneaky() {}

    /** Returns {@code thrown} to be thrown where only exceptions may be; throws it itself if it is none. */
    public static Exception asException(Throwable thrown) {
        if (thrown instanceof Exception exception) {
            return exception;
        }
        throw Sneaky.<RuntimeException>unchecked(thrown);
    }

    /** Returns what a stage failed with, without the wrapper that dependent stages put around it. */
    public static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased: it only quiets the compiler
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
