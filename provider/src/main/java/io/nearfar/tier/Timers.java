package io.nearfar.tier;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads for what has to happen later: daemons that start when needed and end when idle. */
final class Timers {
    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 10;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Timers() {}

    static ScheduledExecutorService create() {
        return create("timer", THREADS);
    }

    /** What is due only later is still done after a shutdown, unless it is repeated or the shutdown is one at once. */
    static ScheduledExecutorService create(String trade, int threads) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(threads, work -> thread("nearfar-" + trade, work));
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** The application's class loader must not live on in a thread of ours. */
    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(null, work, name + "-" + NUMBER.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Timers.class.getClassLoader());
        return thread;
    }
}
