package io.nearfar.resilience;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps calls away from a server that does not answer. Opened by one failure; while it is open one call after each wait
 * may try the server, and its success closes it. Safe for use by several threads.
 */
public final class Breaker {
    /** What a call may do. */
    public enum Permit {
        /** Go on as usual. */
        CALL,
        /** Go on, and find out whether the server answers again. */
        PROBE,
        /** Fail at once. */
        NONE
    }

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

    /** Asks for a call. Whoever gets {@link Permit#PROBE} reports what came of it. */
    public Permit enter() {
        return open ? enterOpen() : Permit.CALL;
    }

    private synchronized Permit enterOpen() {
        if (!open) {
            return Permit.CALL;
        }
        long now = nanoTime.getAsLong();
        if (now - probeAt < 0) {
            return Permit.NONE;
        }
        probeAt = now + backoff.nanos(failures);
        return Permit.PROBE;
    }

    /**
     * Reports that the server answered.
     *
     * @return how long the breaker had been open in nanoseconds if this closed it, else -1
     */
    public long succeeded(Permit permit) {
        return permit == Permit.PROBE ? close() : -1;
    }

    private synchronized long close() {
        if (!open) {
            return -1;
        }
        open = false;
        failures = 0;
        return nanoTime.getAsLong() - openedAt;
    }

    /**
     * Reports that the server did not answer.
     *
     * @return whether this opened the breaker
     */
    public synchronized boolean failed(Permit permit) {
        long now = nanoTime.getAsLong();
        if (open) {
            if (permit == Permit.PROBE) {
                failures++;
                probeAt = now + backoff.nanos(failures);
            }
            return false;
        }
        open = true;
        failures = 1;
        openedAt = now;
        probeAt = now + backoff.nanos(failures);
        openings.incrementAndGet();
        return true;
    }

    /** Tells whether calls are kept away. */
    public boolean isOpen() {
        return open;
    }

    /** Returns how often it has opened. */
    public long openings() {
        return openings.get();
    }
}
