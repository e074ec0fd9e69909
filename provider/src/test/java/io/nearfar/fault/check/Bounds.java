package io.nearfar.fault.check;

import io.nearfar.fault.history.Span;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a run must keep to.
 *
 * @param healthy how stale another node may be while nothing is wrong, in nanoseconds
 * @param faulty how stale it may be if something was wrong in between
 * @param deadline how long one call of the far tier may take
 * @param failsOpen whether caches answer in an outage, so that an absence tells nothing
 * @param troubles when something was wrong, until all must be well again
 */
public record Bounds(long healthy, long faulty, long deadline, boolean failsOpen, List<Span> troubles) {
    public static final long HEALTHY = TimeUnit.MILLISECONDS.toNanos(250);
    public static final long DEADLINE = TimeUnit.MILLISECONDS.toNanos(250);
    public static final long NEAR_LEASE = TimeUnit.SECONDS.toNanos(1);
    public static final long MAX_STALE = TimeUnit.SECONDS.toNanos(30);

    /** So long after the end of a fault everything must be as if there had been none. */
    public static final long RECOVERY = TimeUnit.SECONDS.toNanos(2);

    /** A run without a fault. */
    public static Bounds ofHealth() {
        return closed(List.of());
    }

    /** A run whose caches throw in an outage and serve nothing stale. */
    public static Bounds closed(List<Span> troubles) {
        return new Bounds(HEALTHY, NEAR_LEASE + DEADLINE, DEADLINE, false, troubles);
    }

    /** A run with the default settings. */
    public static Bounds open(List<Span> troubles) {
        return new Bounds(HEALTHY, MAX_STALE + DEADLINE, DEADLINE, true, troubles);
    }

    /** Returns how stale a read may be that missed a write, given the time between the two. */
    long allowed(Span between) {
        return isTroubled(between) ? faulty : healthy;
    }

    boolean isTroubled(Span between) {
        return troubles.stream().anyMatch(trouble -> trouble.overlap(between) > 0);
    }
}
