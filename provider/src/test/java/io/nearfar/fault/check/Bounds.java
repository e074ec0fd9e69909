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
 * @param troubles when something was wrong, until links and servers were good again
 */
public record Bounds(long healthy, long faulty, long deadline, boolean failsOpen, List<Span> troubles) {
    public static final long HEALTHY = TimeUnit.MILLISECONDS.toNanos(250);
    public static final long DEADLINE = TimeUnit.MILLISECONDS.toNanos(250);
    public static final long NEAR_LEASE = TimeUnit.SECONDS.toNanos(1);
    /** So long others wait for a loader of which nothing is heard. */
    static final long LOAD_LEASE = TimeUnit.SECONDS.toNanos(10);

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

    /** A run whose caches answer in an outage, and serve nothing stale but what they were told in it themselves. */
    public static Bounds fresh(List<Span> troubles) {
        return new Bounds(HEALTHY, NEAR_LEASE + DEADLINE, DEADLINE, true, troubles);
    }

    /** A run with the default settings. */
    public static Bounds open(List<Span> troubles) {
        return new Bounds(HEALTHY, MAX_STALE + DEADLINE, DEADLINE, true, troubles);
    }

    /** Returns how stale a read may be that missed a write, given the time between the two. */
    long allowed(Span between) {
        return troubles.stream()
                .filter(trouble -> recovering(trouble).overlap(between) > 0)
                .mapToLong(trouble -> allowed(between.invoked(), trouble.returned()))
                .max()
                .orElse(healthy);
    }

    /**
     * What was written before the end of a fault is missed for as long as a lease of before may last after it; what is
     * written later, for as long as under a fault, while links and subscriptions come back.
     */
    private long allowed(long written, long end) {
        return written < end
                ? Math.min(faulty, healthy + end + NEAR_LEASE - written)
                : Math.max(healthy, Math.min(NEAR_LEASE + deadline, end + RECOVERY - written));
    }

    private static Span recovering(Span trouble) {
        return new Span(trouble.invoked(), trouble.returned() + RECOVERY);
    }

    /** Tells whether something was wrong meanwhile, or so shortly before that not all need be well. */
    boolean isTroubled(Span between) {
        return troubles.stream().anyMatch(trouble -> recovering(trouble).overlap(between) > 0);
    }

    /** Returns when all is well again after the troubles that concern this time. */
    long goodAgain(Span between) {
        return troubles.stream()
                .filter(trouble -> recovering(trouble).overlap(between) > 0)
                .mapToLong(trouble -> trouble.returned() + RECOVERY)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** Tells whether a node may still be in the outage, or may not have found out that it is over. */
    boolean mayBeAway(long instant) {
        return troubles.stream()
                .anyMatch(trouble -> instant > trouble.invoked() && instant < trouble.returned() + RECOVERY);
    }
}
