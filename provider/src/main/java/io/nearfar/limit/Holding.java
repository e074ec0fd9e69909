package io.nearfar.limit;

import io.nearfar.far.Grant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The place of one quota's credits on this node, and how many are wished for: as many as were wanted in the time for which they
 * are good, at the pace since the last question, and no more than twice what was wanted since then. So a quota that is seldom
 * asked for is counted request by request, and a hot one has its credits after a few questions. Safe for use by several threads.
 */
final class Holding {
    /** What was not asked for so long may go. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int GROWTH = 2;

    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicLong wanted = new AtomicLong();
    private volatile @Nullable Lease lease;
    private volatile long lastWish;
    private boolean met;
    private long spentBefore;
    private long wished;

    /** Creates one without credits, of which nobody has wished any. */
    Holding(long now) {
        this.lastWish = now;
    }

    @Nullable
    Lease lease() {
        return lease;
    }

    /** Begins to ask, unless somebody else does: then credits are on their way, and this request is counted for itself. */
    boolean beginAsking(long cost) {
        wanted.addAndGet(cost);
        return asking.compareAndSet(false, true);
    }

    /** Returns how many to wish for; only whoever asks may call it. */
    long wish(long now, long validity) {
        Lease last = lease;
        long spent = last == null ? 0 : last.spent();
        double served = wanted.getAndSet(0) + Math.max(0, spent - spentBefore);
        long passed = Math.max(1, now - lastWish);
        boolean isFirst = !met;
        met = true;
        lastWish = now;
        spentBefore = spent;
        wished = isFirst ? 0 : (long) (served * Math.min(GROWTH, (double) validity / passed));
        return wished;
    }

    /**
     * Ends the asking with what came of it.
     *
     * @param sent an instant before the question was sent
     * @return the new lease, or null if there is none
     */
    @Nullable
    Lease endAsking(@Nullable Grant grant, long sent) {
        Lease next = grant == null ? null : new Lease(grant, sent);
        if (next != null) {
            end();
            spentBefore = 0;
            lease = next;
        } else if (wished > 0) { // little is left, or nobody knows what was charged: the next one is counted for itself
            met = false;
        }
        asking.set(false);
        return next;
    }

    /** Has nobody begin to spend here any more what was leased until now. */
    void end() {
        Lease last = lease;
        if (last != null) {
            last.close();
        }
    }

    /** Tells whether nobody misses it. */
    boolean isIdle(long now) {
        Lease last = lease;
        return !asking.get() && now - lastWish >= IDLE_NANOS && (last == null || last.isOver(now));
    }
}
