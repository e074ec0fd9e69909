package io.nearfar.fallback;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long the database is waited for.
 *
 * @param until when it is given up, on the clock of {@link System#nanoTime}
 */
record Budget(long until) {
    static Budget of(Duration length) {
        return new Budget(System.nanoTime() + length.toNanos());
    }

    boolean isOver() {
        return nanos() <= 0;
    }

    private long nanos() {
        return until - System.nanoTime();
    }

    /** Returns what is left of it, at least 1: 0 means no limit to a driver. */
    int millis() {
        return (int) Math.min(Integer.MAX_VALUE, 1 + Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos())));
    }

    /** Likewise in full seconds, the only unit of a statement. */
    int seconds() {
        return 1 + millis() / 1_000;
    }
}
