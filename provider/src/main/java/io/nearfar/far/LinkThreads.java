package io.nearfar.far;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of the far tier and waits for their end: an executor says that it has ended a moment before its threads
 * have, and servers look at once for threads that an application has left behind.
 */
final class LinkThreads implements ThreadFactory {
    private final ThreadFactory maker;
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();

    private LinkThreads(ThreadFactory maker) {
        this.maker = maker;
    }

    /** Returns what makes threads of the link, which bring answers and may not wait for one. */
    static LinkThreads bringing(String name) {
        AtomicInteger number = new AtomicInteger();
        return new LinkThreads(work -> new LinkThread(work, name + "-" + number.incrementAndGet()));
    }

    /** Returns what makes threads for work that may wait for answers. */
    static LinkThreads waiting(String name) {
        return new LinkThreads(work -> daemon(name, work));
    }

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(LinkThreads.class.getClassLoader());
        return thread;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = maker.newThread(work);
        made.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
        made.add(thread);
        return thread;
    }

    /** Waits for all but the calling thread, at most so long. */
    void awaitEnd(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Thread thread : made) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left > 0 && thread != Thread.currentThread()) {
                thread.join(left);
            }
        }
    }
}
