package io.nearfar.entry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What was asked without a thread that waits cannot be answered so, and nothing has been changed: it is to be asked anew by a
 * thread that may wait. Says nothing that a caller could use, and never reaches one.
 */
public final class NeedsThreadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The only one. */
    public static final NeedsThreadException INSTANCE = new NeedsThreadException();

    private NeedsThreadException() {
        super("An answer has to be waited for", null, false, false);
    }

    /** Returns a stage that has failed so. */
    public static <T> CompletableFuture<T> failed() {
        return CompletableFuture.failedFuture(INSTANCE);
    }

    /** Tells whether a stage has failed so. */
    public static boolean is(Throwable failure) {
        return cause(failure) instanceof NeedsThreadException;
    }

    /** Returns the failure without what stages wrap around it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
