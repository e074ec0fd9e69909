package io.nearfar.far;

import java.util.concurrent.TimeUnit;

/**
 * When connections may be made anew: soon, if that was long not needed, and ever more seldom if it does not help. Not safe
 * for use by several threads.
 */
final class Renewal {
    private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

    private long wait = SHORTEST_NANOS;
    private long last;

    /** Begins as if the last time was long ago; {@code now} is an instant of {@link System#nanoTime}. */
    Renewal(long now) {
        this.last = now - 2 * SHORTEST_NANOS;
    }

    /** Tells whether it is time; if so, it counts as done. */
    boolean isDue(long now) {
        long since = now - last;
        if (since < wait) {
            return false;
        }
        boolean helped = since >= 2 * wait;
        wait = helped ? SHORTEST_NANOS : Math.min(LONGEST_NANOS, 2 * wait);
        last = now;
        return true;
    }
}
