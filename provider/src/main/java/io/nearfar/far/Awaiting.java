package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.NeedsThreadException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for answers without a thread: a timer watches over the deadlines, and what comes is handed from the link's threads to
 * those that go on with it. As in {@link Waiting}, what has come while the process stood still is read, for a moment, before
 * it counts as silence. Safe for use by several threads.
 */
public final class Awaiting implements AutoCloseable {
    /** How long what has come is given to be read, after the process stood still. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(5);

    /** A timer that goes off so much too late belongs to a process that has stood still. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(2);

    private final ScheduledExecutorService timer;
    private final Executor answers;
    private final Executor waiters;
    private final LongSupplier nanoTime;
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates what waits for nothing yet.
     *
     * @param timer does at once what is due, and is kept by nobody
     * @param answers goes on with answers, and waits for nothing
     * @param waiters runs what may wait for the far tier
     */
    public Awaiting(ScheduledExecutorService timer, Executor answers, Executor waiters) {
        this(timer, answers, waiters, System::nanoTime);
    }

    /** Likewise, by a clock in nanoseconds. */
    Awaiting(ScheduledExecutorService timer, Executor answers, Executor waiters, LongSupplier nanoTime) {
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.answers = answers;
        this.waiters = waiters;
    }

    /**
     * Returns what {@code question} comes to until that instant of {@link System#nanoTime}, else a {@link TimeoutException}; both by
     * a thread that goes on with answers. Once this is closed, a {@link FarTierUnavailableException}.
     */
    <T> CompletableFuture<T> within(CompletableFuture<T> question, long until) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        open.add(answer);
        Future<?> end = watch(answer, until);
        question.whenComplete((reply, failure) -> {
            end.cancel(false);
            hand(() -> settle(answer, reply, failure));
        });
        if (closed) {
            settle(answer, null, Failures.closed());
        }
        return answer;
    }

    /** A process that stood still until shortly before the end has not read what came meanwhile: so it is looked twice. */
    private Future<?> watch(CompletableFuture<?> answer, long until) {
        long look = until - LOOK;
        if (nanoTime.getAsLong() - look >= 0) {
            return when(until, () -> expire(answer, until, false));
        }
        return when(look, () -> {
            boolean stoodStill = isLate(look);
            when(until, () -> expire(answer, until, stoodStill));
        });
    }

    private boolean isLate(long due) {
        return nanoTime.getAsLong() - due > LATE;
    }

    private <T> void settle(CompletableFuture<T> answer, @Nullable T reply, @Nullable Throwable failure) {
        open.remove(answer);
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else if (reply != null) {
            answer.complete(reply);
        } else {
            answer.completeExceptionally(new IllegalStateException("The far tier has answered nothing"));
        }
    }

    private void expire(CompletableFuture<?> answer, long until, boolean stoodStill) {
        if (stoodStill || isLate(until)) {
            when(nanoTime.getAsLong() + LOOK, () -> hand(() -> settle(answer, null, new TimeoutException())));
        } else {
            hand(() -> settle(answer, null, new TimeoutException()));
        }
    }

    /** Returns what completes at that instant of {@link System#nanoTime}, or when nobody waits any more. */
    CompletableFuture<Boolean> at(long until) {
        return within(new CompletableFuture<Boolean>(), until).exceptionally(over -> true);
    }

    private Future<?> when(long until, Runnable work) {
        try {
            return timer.schedule(work, Math.max(0, until - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(true); // nobody waits any more
        }
    }

    /** At the end the thread that brings an answer goes on with it: nothing that follows waits. */
    private void hand(Runnable work) {
        try {
            answers.execute(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    /** Returns what an attempt without a thread comes to, or {@code wholly} where it needs one, in a thread that may wait. */
    public <T> CompletableFuture<T> orInThread(CompletableFuture<T> attempt, Supplier<T> wholly) {
        if (attempt.isDone() && !attempt.isCompletedExceptionally()) {
            return attempt;
        }
        return attempt.handle((answer, failure) ->
                        failure != null && NeedsThreadException.is(failure) ? inThread(wholly) : attempt)
                .thenCompose(answer -> answer);
    }

    private <T> CompletableFuture<T> inThread(Supplier<T> wholly) {
        try {
            return CompletableFuture.supplyAsync(wholly, waiters);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(Failures.closed());
        }
    }

    /** Returns how many answers are waited for; 0 after quiet. */
    public int pending() {
        return open.size();
    }

    /** Ends all waiting: what has no answer yet gets none, which says nothing of the servers. */
    @Override
    public void close() {
        closed = true;
        open.forEach(answer -> settle(answer, null, Failures.closed()));
    }
}
