package io.nearfar.limit;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads that wait for answers about requests for which nobody else may wait; each ends when it is idle. Bounded:
 * what finds no place in the queue is refused, for it would have its turn only after its deadline.
 */
final class Waiters implements Executor, AutoCloseable {
    private static final int THREADS = 16;
    private static final int PLACES = 1_024;
    private static final long IDLE_SECONDS = 10;

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(PLACES), this::thread);

    Waiters() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** The application's class loader must not live on in a thread of ours. */
    private Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "nearfar-limit-" + number.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Waiters.class.getClassLoader());
        return thread;
    }

    @Override
    public void execute(Runnable question) {
        threads.execute(question);
    }

    /** What waits still has its turn, and is told that the limiter is closed. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
