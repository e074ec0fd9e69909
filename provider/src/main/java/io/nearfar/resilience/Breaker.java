package io.nearfar.resilience;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps calls away from a server that does not answer. Opened by one failure, closed by the answer to a probe. Probes are
 * no calls of anybody's: whoever keeps the link makes them, each after a wait, so that no caller pays for finding out.
 * Safe for use by several threads.
 */
public final class Breaker {
    private final LongSupplier nanoTime;
    private final Backoff backoff;
    private final AtomicLong openings = new AtomicLong();
    private volatile boolean open;
    private int failures;
    private long openedAt;
    private long probeAt;

    /** Creates a closed one over a clock in nanoseconds and the waits between probes. */
    public Breaker(LongSupplier nanoTime, Backoff backoff) {
        this.nanoTime = nanoTime;
        this.backoff = backoff;
    }

    /** Tells whether calls are kept away. */
    public boolean isOpen() {
        return open;
    }

    /** Tells whether the server may be probed: it is thought to answer, or the wait since the last probe is over. */
    public boolean admitsProbe() {
        return !open || isDue();
    }

    private synchronized boolean isDue() {
        return !open || nanoTime.getAsLong() - probeAt >= 0;
    }

    /**
     * Reports that the server answered a probe that was sent then.
     *
     * @param sentAt on the breaker's clock; what was sent before the breaker opened proves nothing of the time since
     * @return how long the breaker had been open in nanoseconds if this closed it, else -1
     */
    public long answered(long sentAt) {
        return open ? close(sentAt) : -1;
    }

    private synchronized long close(long sentAt) {
        if (!open || sentAt - openedAt < 0) {
            return -1;
        }
        open = false;
        failures = 0;
        return nanoTime.getAsLong() - openedAt;
    }

    /**
     * Reports that the server did not answer a call.
     *
     * @return whether this opened the breaker
     */
    public synchronized boolean failed() {
        if (open) {
            return false;
        }
        open = true;
        openedAt = nanoTime.getAsLong();
        openings.incrementAndGet();
        await();
        return true;
    }

    /**
     * Reports that the server did not answer a probe.
     *
     * @return whether this opened the breaker
     */
    public synchronized boolean failedProbe() {
        if (!open) {
            return failed();
        }
        await();
        return false;
    }

    private void await() {
        failures++;
        probeAt = nanoTime.getAsLong() + backoff.nanos(failures);
    }

    /** Returns how often it has opened. */
    public long openings() {
        return openings.get();
    }
}
