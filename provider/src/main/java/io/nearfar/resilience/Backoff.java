package io.nearfar.resilience;

import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: doubling from a first wait to a longest, each between half and all of it at
 * random, so that nodes that failed together do not come back together. Immutable.
 */
public final class Backoff {
    private final long firstNanos;
    private final long longestNanos;
    private final DoubleSupplier random;

    /**
     * Creates one.
     *
     * @param firstNanos the longest first wait, in nanoseconds
     * @param longestNanos the longest wait of all, in nanoseconds
     * @param random gives numbers from 0 to 1
     */
    public Backoff(long firstNanos, long longestNanos, DoubleSupplier random) {
        this.firstNanos = firstNanos;
        this.longestNanos = longestNanos;
        this.random = random;
    }

    /** Returns the wait in nanoseconds after that many failures in a row, the first counting 1. */
    public long nanos(int failures) {
        int doublings = Math.max(failures, 1) - 1;
        boolean overflows = doublings >= Long.numberOfLeadingZeros(firstNanos) - 1;
        long wait = overflows ? longestNanos : Math.min(longestNanos, firstNanos << doublings);
        return (long) (wait * (0.5 + random.getAsDouble() / 2));
    }
}
