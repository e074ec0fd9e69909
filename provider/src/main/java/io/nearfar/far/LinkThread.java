package io.nearfar.far;

import io.netty.util.concurrent.FastThreadLocalThread;

/** A thread of the link. None may wait for an answer of the far tier, for it is these threads that bring answers. */
final class LinkThread extends FastThreadLocalThread {
    LinkThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
        setContextClassLoader(LinkThread.class.getClassLoader());
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
