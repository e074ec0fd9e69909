package io.nearfar.far;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Waiting for a future without heed of interrupts, which are kept for later: no wait here is longer than a deadline. */
final class Waiting {
    /** Who wakes up so much too late has stood still, and an answer that came meanwhile still has to be read. */
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(5);

    private Waiting() {}

    /**
     * Returns the result of {@code future}. A process that stood still over that instant looks once more, shortly after: the
     * server has not been silent for that. Who begins to wait after that instant takes what is there: of many that are waited
     * for in turn, only one can have met it.
     *
     * @param until on the scale of {@link System#nanoTime}
     * @throws TimeoutException if there is none by then
     * @throws ExecutionException with the cause of its failure
     */
    static <T> T get(CompletableFuture<T> future, long until) throws TimeoutException, ExecutionException {
        return get(future, until, System::nanoTime);
    }

    /** Like {@link #get(CompletableFuture, long)} by another clock. */
    static <T> T get(CompletableFuture<T> future, long until, LongSupplier nanoTime)
            throws TimeoutException, ExecutionException {
        long begun = nanoTime.getAsLong();
        try {
            return within(future, until, nanoTime);
        } catch (TimeoutException e) {
            long now = nanoTime.getAsLong();
            if (begun - until >= 0 || now - until <= STALL) {
                throw e;
            }
            return within(future, now + STALL, nanoTime);
        }
    }

    private static <T> T within(CompletableFuture<T> future, long until, LongSupplier nanoTime)
            throws TimeoutException, ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get(Math.max(0, until - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (CancellationException | CompletionException e) {
                    throw new ExecutionException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sleeps for so long. */
    static void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        boolean interrupted = false;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
