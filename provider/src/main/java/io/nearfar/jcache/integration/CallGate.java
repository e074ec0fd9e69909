package io.nearfar.jcache.integration;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets calls of an object of the application's in until the cache that it belongs to is closed. */
final class CallGate implements AutoCloseable {
    private final String refusal;
    private final long endMillis;
    private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /**
     * Makes one that is open.
     *
     * @param refusal what a call is told that comes too late
     * @param endMillis how long closing waits for calls under way
     */
    CallGate(String refusal, long endMillis) {
        this.refusal = refusal;
        this.endMillis = endMillis;
    }

    /**
     * Begins a call, which must end with {@link #leave} in the same thread; calls may lie within one another.
     *
     * @throws IllegalStateException if this is closed
     */
    void enter() {
        if (!calls.readLock().tryLock()) {
            throw new IllegalStateException(refusal);
        }
        if (closed) {
            leave();
            throw new IllegalStateException(refusal);
        }
    }

    /** Ends a call. */
    void leave() {
        calls.readLock().unlock();
    }

    /** Lets no call in any more, and waits for those of other threads that are under way, within limits. */
    @Override
    public void close() {
        closed = true;
        if (calls.getReadHoldCount() > 0) {
            return; // a call closes its own cache
        }
        try {
            if (calls.writeLock().tryLock(endMillis, TimeUnit.MILLISECONDS)) {
                calls.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
