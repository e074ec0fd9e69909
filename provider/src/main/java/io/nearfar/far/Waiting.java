package io.nearfar.far;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Waiting for a future without heed of interrupts, which are kept for later: no wait here is longer than a deadline, and a
 * little where the process stood still. Whoever stands still over a deadline finds its time up with the answer unread in
 * the socket; so what has come meanwhile is read, for a moment, before it counts as silence. Many wait for several answers
 * in turn: one such moment is enough for all of them. Safe for use by several threads.
 */
final class Waiting {
    /** How long what has come is given to be read, after the process stood still. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(5);

    /** Who wakes up so much too late has stood still. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(2);

    /** All threads of a process stand still together. */
    private static final Waiting PROCESS = new Waiting(System::nanoTime);

    private final LongSupplier nanoTime;

    /** What had come by then has been read: the process ran for a look before that instant. */
    private final AtomicLong read;

    /** Creates what knows of no wait yet, over a clock in nanoseconds. */
    Waiting(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.read = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Returns the result of {@code future}.
     *
     * @param until on the scale of {@link System#nanoTime}
     * @throws TimeoutException if there is none by then, nor a look later where the process stood still
     * @throws ExecutionException with the cause of its failure
     */
    static <T> T get(CompletableFuture<T> future, long until) throws TimeoutException, ExecutionException {
        return PROCESS.result(future, until);
    }

    /** Like {@link #get}, by this one's clock. */
    <T> T result(CompletableFuture<T> future, long until) throws TimeoutException, ExecutionException {
        long begun = nanoTime.getAsLong();
        boolean isSure = begun - until < 0 ? ranUntil(future, begun, until) : read.get() - until >= 0;
        if (!isSure && !future.isDone()) {
            long end = nanoTime.getAsLong() + LOOK;
            await(future, end);
            note(end);
        }
        if (!future.isDone()) {
            throw new TimeoutException();
        }
        return resultOf(future);
    }

    /** Waits until then; returns whether the process surely ran for a look before. */
    private boolean ranUntil(CompletableFuture<?> future, long begun, long until) {
        long look = until - LOOK;
        boolean isLate = begun - look < 0 && isLate(future, look);
        isLate |= isLate(future, until);
        if (!isLate && begun - look <= 0) {
            note(until);
        }
        return !isLate;
    }

    /** Waits until then; returns whether that became much later. */
    private boolean isLate(CompletableFuture<?> future, long until) {
        await(future, until);
        return nanoTime.getAsLong() - until > LATE;
    }

    private void note(long instant) {
        read.accumulateAndGet(instant, (before, now) -> now - before > 0 ? now : before);
    }

    /** Waits until the future has ended, or that instant has come. */
    private void await(CompletableFuture<?> future, long until) {
        boolean interrupted = false;
        while (!future.isDone()) {
            try {
                future.get(Math.max(0, until - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException e) {
                break;
            } catch (CancellationException | ExecutionException e) {
                break; // told when the result is asked for
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T resultOf(CompletableFuture<T> future) throws ExecutionException {
        try {
            return future.join();
        } catch (CancellationException e) {
            throw new ExecutionException(e);
        } catch (CompletionException e) {
            throw new ExecutionException(e.getCause() == null ? e : e.getCause());
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
