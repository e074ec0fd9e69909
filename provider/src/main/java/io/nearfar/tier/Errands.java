package io.nearfar.tier;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs in other threads what one caller has asked for and does not wait for, under the context class loader that the
 * caller had when it asked; the threads keep nothing of it.
 */
record Errands(ScheduledExecutorService threads, @Nullable ClassLoader context) implements Executor {
    /** Returns the errands of the calling thread. */
    static Errands ofCaller(ScheduledExecutorService threads) {
        return new Errands(threads, Thread.currentThread().getContextClassLoader());
    }

    /** Runs the work; if the threads have ended, at once and here, for somebody waits for what it comes to. */
    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(() -> run(work));
        } catch (RejectedExecutionException e) {
            run(work);
        }
    }

    /** Runs the work after a while; returns false if the threads have ended and it will not be run. */
    @SuppressWarnings("FutureReturnValueIgnored") // whoever waits for the work learns of its end from the work itself
    boolean executeAfter(long millis, Runnable work) {
        try {
            threads.schedule(() -> run(work), millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /**
     * Runs the work after a while, unless it is cancelled before.
     *
     * @throws RejectedExecutionException if the threads have ended
     */
    ScheduledFuture<?> scheduled(long millis, Runnable work) {
        return threads.schedule(() -> run(work), millis, TimeUnit.MILLISECONDS);
    }

    private void run(Runnable work) {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try {
            PooledWork.run(work);
        } finally {
            thread.setContextClassLoader(own);
        }
    }
}
