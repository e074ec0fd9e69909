package io.nearfar.limit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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

    /** What nobody waits for is of three kinds, and none is to wait for another's answers. */
    private static final int THREADS_FOR_LATER = 3;

    private final AtomicInteger number = new AtomicInteger();
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(PLACES), this::thread);
    private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(THREADS_FOR_LATER, this::thread);

    Waiters() {
        threads.allowCoreThreadTimeOut(true);
        later.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        later.allowCoreThreadTimeOut(true);
        later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The application's class loader must not live on in a thread of ours. */
    private Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "nearfar-limit-" + number.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Waiters.class.getClassLoader());
        made.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
        made.add(thread);
        return thread;
    }

    @Override
    public void execute(Runnable question) {
        threads.execute(question);
    }

    /** Does some work that nobody waits for after so many milliseconds, in a thread that is not one of the few. */
    void later(long millis, Runnable work) {
        later.schedule(work, millis, TimeUnit.MILLISECONDS);
    }

    /** What waits still has its turn, and is told that the limiter is closed. */
    @Override
    public void close() {
        later.shutdown();
        threads.shutdown();
    }

    /** Waits at most so long for the threads to end after closing, but not for the one that calls this. */
    void awaitEnd(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (Thread thread : made) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left > 0 && thread != Thread.currentThread()) {
                    thread.join(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
