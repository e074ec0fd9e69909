package io.nearfar.jcache;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one cache that complete what callers of its asynchronous view hold, and nothing else, with a count of the
 * answers of the far tier that are still to come to them. Safe for use by several threads.
 */
final class Completers implements Executor, AutoCloseable {
    private final Background threads;
    private final AtomicInteger expected = new AtomicInteger();

    Completers(Background threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Returns the same threads with a count of their own, for who does not wait for the answers of others. */
    Completers apart() {
        return new Completers(threads);
    }

    /** One more answer is to come. */
    void expect() {
        expected.incrementAndGet();
    }

    /** It has come, and what is to be done with it here is done, or is done by others. */
    void expectNoMore() {
        if (expected.decrementAndGet() == 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Waits until what is expected has come, and no longer than so long. An interrupt is kept for later. */
    void awaitAnswers(long nanos) {
        long until = System.nanoTime() + nanos;
        boolean interrupted = false;
        synchronized (this) {
            for (long left = nanos; expected.get() > 0 && left > 0; left = until - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
