package io.nearfar.limit;

import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * That a quota has no room for requests of a cost, or a larger one. It is doubted when it is nearly a second old, and whoever
 * has it asked about then believes it until there is an answer, but never after the instant at which there is room again. One
 * that nobody has doubted in time is not believed any more, for nobody may have come for long; unless there are so many of
 * them that callers would wait for nothing else. Of the quota it holds nothing that is as long as its key. Safe for use by
 * several threads.
 */
final class Denial {
    /** The longest that it is believed while nobody asks about it. */
    static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How old it becomes before it is doubted: the rest of the second is for somebody to come by and do that. */
    private static final long SURE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    /** How long it is kept for somebody to come by, if nobody asks about it. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final long permits;
    private final Duration window;
    private final long cost;
    private final long longest;
    private final AtomicBoolean doubted = new AtomicBoolean();
    private volatile Seen seen;

    /**
     * What was seen of the quota.
     *
     * @param sent an instant before the question
     * @param until before this instant there is no room
     * @param told when a caller may come back; later than {@code until}, for nobody knows when within the question the
     *     answer was true
     * @param used the permits in use
     * @param start of the window
     * @param end of the window
     */
    private record Seen(long sent, long until, long told, long used, Instant start, Instant end) {}

    /** Has somebody ask about denials. */
    interface Doubting {
        /** Does it in a while; refuses if there are too many. */
        boolean add(Quota quota, Denial denial);

        /** Tells whether a caller may have to ask, at an instant, about what nobody has doubted in time. */
        boolean leaveToCaller(long now);
    }

    /**
     * Creates one.
     *
     * @param use what denies
     * @param cost for requests of so many permits, or more
     * @param sent an instant before the question
     * @param answered an instant after the answer
     * @param longest how long it is believed at most, if that is less than {@link #LONGEST_NANOS}; then nobody doubts it
     */
    Denial(QuotaUse use, long cost, long sent, long answered, long longest) {
        Limit limit = use.quota().limit();
        this.permits = limit.permits();
        this.window = limit.window();
        this.cost = cost;
        this.longest = longest;
        this.seen = seen(use, sent, answered);
    }

    private Seen seen(QuotaUse use, long sent, long answered) {
        long wait = use.retryAfter().toNanos();
        long until = sent + (isFleeting() ? Math.min(wait, longest) : wait);
        return new Seen(sent, until, answered + wait, use.used(), use.windowStart(), use.windowEnd());
    }

    private boolean isFleeting() {
        return longest < LONGEST_NANOS;
    }

    long cost() {
        return cost;
    }

    /**
     * Returns what denies a request at an instant, or null if this does not.
     *
     * @param doubting is told of it if it becomes old; null if nobody asks but who makes requests
     */
    @Nullable
    QuotaUse use(Quota quota, long cost, long now, @Nullable Doubting doubting) {
        Seen last = seen;
        if (cost < this.cost || now - last.until >= 0 || !isOf(quota.limit())) {
            return null;
        }
        if (now - last.sent >= SURE_NANOS && !isBelieved(last, quota, now, doubting)) {
            return null;
        }
        return new QuotaUse(quota, last.used, last.start, last.end, Duration.ofNanos(Math.max(1, last.told - now)));
    }

    private boolean isOf(Limit limit) {
        return limit.permits() == permits && limit.window().equals(window);
    }

    private boolean isBelieved(Seen last, Quota quota, long now, @Nullable Doubting doubting) {
        if (isFleeting() || doubted.get()) {
            return true;
        }
        boolean isOld = now - last.sent >= LONGEST_NANOS;
        if (doubting == null || (isOld && seen == last && doubting.leaveToCaller(now))) {
            return !isOld;
        }
        if (!doubted.compareAndSet(false, true) || doubting.add(quota, this)) {
            return true;
        }
        doubted.set(false);
        return !isOld;
    }

    /** Ends the doubt, with what was seen of the quota, or null if nobody knows: then whoever comes has to ask. */
    void settle(@Nullable QuotaUse use, long sent, long answered) {
        if (use == null || use.retryAfter().isZero()) {
            end();
        } else {
            seen = seen(use, sent, answered);
        }
        doubted.set(false); // last: until then it is believed though it is old
    }

    /** Has nobody believe it any more. */
    void end() {
        Seen last = seen;
        seen = new Seen(last.sent, last.sent, last.told, last.used, last.start, last.end);
    }

    /** Tells whether nobody believes it at an instant, or later, or nobody has come by for long. */
    boolean isOver(long now) {
        Seen last = seen;
        return now - last.until >= 0 || (now - last.sent >= IDLE_NANOS && !doubted.get());
    }
}
