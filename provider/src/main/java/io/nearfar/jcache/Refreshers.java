package io.nearfar.jcache;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Runs loads of entries that are there, for which nobody waits, in a few threads like those of {@link Background}. Only so
 * many may wait for a thread, since each holds a value. What finds no room, or comes after closing, is not done; nor is what
 * waits when that comes, for the application's loader is closed next.
 */
final class Refreshers implements AutoCloseable {
    private final ThreadPoolExecutor threads;

    Refreshers(ThreadFactory workers, int mostThreads, int mostWaiting) {
        threads = Background.threads(
                workers, mostThreads, new LinkedBlockingQueue<>(mostWaiting), new ThreadPoolExecutor.AbortPolicy());
    }

    /** Tells whether a load could wait for a thread; cheap, for many reads may find that none can. */
    boolean hasRoom() {
        return threads.getQueue().remainingCapacity() > 0;
    }

    /** Has a load run in the background; returns false if it never will. */
    boolean offer(Runnable load) {
        try {
            threads.execute(load);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Tells whether the cache is being closed, or was. */
    boolean isClosed() {
        return threads.isShutdown();
    }

    @Override
    public void close() {
        threads.shutdown();
        threads.getQueue().clear();
        Background.awaitIdle(threads);
    }
}
