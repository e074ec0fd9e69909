package io.nearfar.far;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread of the link. None may wait for an answer of the far tier, for it is these threads that bring answers. */
final class LinkThread extends FastThreadLocalThread {
    private LinkThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
        setContextClassLoader(LinkThread.class.getClassLoader());
    }

    /** Returns a factory of threads with that name and a number. */
    static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> new LinkThread(work, name + "-" + number.incrementAndGet());
    }

    /** Throws if the calling thread is one of these. */
    static void refuse() {
        if (Thread.currentThread() instanceof LinkThread) {
            throw new IllegalStateException(
                    "The far tier was called from " + Thread.currentThread().getName()
                            + ", which delivers its messages and would wait for itself; hand the work to a thread of your own");
        }
    }
}
