package io.nearfar.cdi.limit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The future that a method will return once it was decided that it may be called. */
final class LaterFuture implements Future<@Nullable Object> {
    private final CompletableFuture<@Nullable Future<?>> returned;

    /** Creates one; {@code returned} completes with what the method returns. */
    LaterFuture(CompletableFuture<@Nullable Future<?>> returned) {
        this.returned = returned;
    }

    /** Cancels the method's future or, if the method was not called yet, sees to it that it is not. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (returned.cancel(mayInterruptIfRunning)) {
            return true;
        }
        Future<?> own = own();
        return own != null && own.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
        Future<?> own = own();
        return returned.isCancelled() || (own != null && own.isCancelled());
    }

    @Override
    public boolean isDone() {
        Future<?> own = own();
        return returned.isDone() && (own == null || own.isDone());
    }

    @Override
    public @Nullable Object get() throws InterruptedException, ExecutionException {
        Future<?> own = returned.get();
        return own == null ? null : own.get();
    }

    @Override
    public @Nullable Object get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long until = System.nanoTime() + unit.toNanos(timeout);
        Future<?> own = returned.get(timeout, unit);
        return own == null ? null : own.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Returns the method's own future, or null if there is none, or none yet. */
    private @Nullable Future<?> own() {
        boolean isThere = returned.isDone() && !returned.isCompletedExceptionally();
        return isThere ? returned.join() : null;
    }
}
