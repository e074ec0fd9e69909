package io.nearfar.tool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What follows for the time-to-live of a cache from what was seen of it. */
final class Counsel {
    private static final long FEW = 10;
    private static final long MUCH = 10;
    private static final long EARLY = 4;
    private static final long SHORTEST = 1_000;

    private Counsel() {}

    /** Returns one sentence: the most that there is to be said. */
    static String on(Figures seen) {
        if (seen.entries() < FEW) {
            return "too few entries to say anything";
        } else if (seen.eternal() > 0) {
            return seen.eternal() + " % live for ever: with a time-to-live they would end without an eviction";
        }
        Long ttl = seen.ttlMillis();
        return ttl == null ? "its entries were gone when they were looked at" : on(seen, ttl);
    }

    private static String on(Figures seen, long ttl) {
        Long used = seen.usedMillis();
        Long between = seen.betweenChangesMillis();
        if (used != null && used < ttl / EARLY) {
            String enough = time(Math.max(SHORTEST, used));
            return "nine in ten are not asked for any more when they are " + enough + " old, and they live for "
                    + time(ttl) + ": a time-to-live of " + enough + " would do";
        } else if (between != null && between < ttl / MUCH) {
            return "each is written or removed every " + time(between) + " on the average, and they may live for "
                    + time(ttl) + ": the time-to-live hardly matters";
        }
        return isAskedForAllTheTime(seen, ttl) && isChangedByTimeAlone(between, ttl)
                ? "they are asked for all the time, and hardly any is changed before its time is up: a time-to-live of "
                        + time(2 * ttl) + " would halve the loads"
                : "nothing speaks against " + time(ttl);
    }

    private static boolean isAskedForAllTheTime(Figures seen, long ttl) {
        Long idle = seen.idleMillis();
        return idle != null && idle < ttl / MUCH;
    }

    /** What is loaded again when its time is up is written as well: once in a time-to-live. */
    private static boolean isChangedByTimeAlone(@Nullable Long between, long ttl) {
        return between == null || between >= ttl / 2;
    }

    private static String time(long millis) {
        return Amounts.time(Duration.ofMillis(millis));
    }
}
