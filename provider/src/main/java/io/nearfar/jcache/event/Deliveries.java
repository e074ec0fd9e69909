package io.nearfar.jcache.event;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Carries events to one asynchronous listener, in the order in which they were handed over. Its one thread is started
 * by the first event and ends when there has been none for a while.
 */
final class Deliveries implements AutoCloseable {
    private static final long IDLE_SECONDS = 2;

    private final ThreadPoolExecutor thread;

    Deliveries(ThreadFactory workers) {
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                workers,
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Hands over; after {@link #close} without effect. */
    void add(Runnable delivery) {
        thread.execute(delivery);
    }

    /** Takes no more; what was handed over before is still delivered, then the thread ends. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
