package io.nearfar.jcache;

import io.nearfar.tier.PooledWork;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs what no caller waits for, in a few threads. They are started when needed and end when idle. After closing, what was
 * handed over before still runs, and what comes later runs in the caller.
 */
final class Background implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 2;
    private static final long END_MILLIS = 200;

    private final ThreadPoolExecutor threads;

    Background(ThreadFactory workers, int mostThreads) {
        threads = threads(workers, mostThreads, new LinkedBlockingQueue<>(), (work, pool) -> work.run());
    }

    /** Returns threads that are started when needed and end when idle. */
    static ThreadPoolExecutor threads(
            ThreadFactory workers, int mostThreads, BlockingQueue<Runnable> waiting, RejectedExecutionHandler refused) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                mostThreads, mostThreads, IDLE_SECONDS, TimeUnit.SECONDS, waiting, workers, refused);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(() -> PooledWork.run(work));
    }

    @Override
    public void close() {
        threads.shutdown();
        awaitIdle(threads);
    }

    /** Waits for threads that have nothing to do, since they end at once; not for the application's code. */
    static void awaitIdle(ThreadPoolExecutor threads) {
        try {
            if (threads.getActiveCount() == 0) {
                threads.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
