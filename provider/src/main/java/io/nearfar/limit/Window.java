package io.nearfar.limit;

import io.nearfar.Limit;
import io.nearfar.far.Standing;
import java.util.concurrent.TimeUnit;

/**
 * What was counted for one quota. Instants are microseconds of one clock and never go back. Not safe for use by several
 * threads.
 */
interface Window {
    /** Returns how the quota stands at an instant, for a request of that cost. */
    Standing look(long now, Limit limit, long cost);

    /** Counts that many permits at an instant, at which they were there. */
    void charge(long now, Limit limit, long cost);

    /** Tells whether nothing counts any more at an instant. */
    boolean isOver(long now);

    /** Tells whether this is how a limit is to be counted, after it may have been changed. */
    boolean suits(Limit limit);

    /** Returns an empty one for a limit. */
    static Window of(Limit limit) {
        return limit.isExact() ? new Ring() : new Counts(limit);
    }

    /** Returns the length of a limit's window in microseconds. */
    static long micros(Limit limit) {
        return TimeUnit.NANOSECONDS.toMicros(limit.window().toNanos());
    }
}
