package io.nearfar.tier;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the few threads that a manager's caches share for what has to happen later. */
final class Timers {
    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 10;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Timers() {}

    /** Returns an executor whose threads are daemons, start when needed and end when idle. */
    static ScheduledExecutorService create() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(THREADS, Timers::thread);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /** The application's class loader must not live on in a thread of ours. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "nearfar-timer-" + NUMBER.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Timers.class.getClassLoader());
        return thread;
    }
}
