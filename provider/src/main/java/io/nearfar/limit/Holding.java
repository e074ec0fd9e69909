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
    private volatile @Nullable Lease next;
    private volatile long lastWish;
    private boolean met;
    private boolean ended;
    private long spentBefore;
    private long spentSince;
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

    /** Begins to ask for credits that are spent after those in hand, unless there are some, or somebody asks. */
    boolean beginRenewing() {
        return next == null && !asking.get() && asking.compareAndSet(false, true);
    }

    /** Returns the credits that are spent after those which are in hand, or null if there are none; from now on these are in hand. */
    synchronized @Nullable Lease advance(Lease from) {
        Lease after = next;
        if (lease != from || after == null) {
            return lease == from ? null : lease;
        }
        from.close();
        spentSince += Math.max(0, from.spent() - spentBefore);
        spentBefore = 0;
        lease = after;
        next = null;
        return after;
    }

    /** Returns the credits that are spent after those which are in hand. */
    @Nullable
    Lease next() {
        return next;
    }

    /** Ends the asking before a question was put. */
    void leaveIt() {
        asking.set(false);
    }

    /** Returns how many to wish for; only whoever asks may call it. */
    synchronized long wish(long now, long validity) {
        Lease last = lease;
        long spent = last == null ? 0 : last.spent();
        double served = wanted.getAndSet(0) + spentSince + Math.max(0, spent - spentBefore);
        long passed = Math.max(1, now - lastWish);
        boolean isFirst = !met;
        met = true;
        lastWish = now;
        spentBefore = spent;
        spentSince = 0;
        wished = isFirst ? 0 : (long) (served * Math.min(GROWTH, (double) validity / passed));
        return wished;
    }

    /**
     * Ends the asking with what came of it.
     *
     * @param sent an instant before the question was sent
     * @param isForLater whether it is for after what is in hand
     * @return the new lease, or null if there is none
     */
    @Nullable
    Lease endAsking(@Nullable Grant grant, long sent, boolean isForLater) {
        Lease come = grant == null ? null : new Lease(grant, sent);
        Lease inHand = lease;
        if (come == null && isForLater && inHand != null) {
            inHand.isLast();
        }
        if (come != null) {
            put(come, isForLater);
        } else if (wished > 0) { // little is left, or nobody knows what was charged: the next one is counted for itself
            met = false;
        }
        asking.set(false);
        return come;
    }

    private synchronized void put(Lease come, boolean isForLater) {
        if (ended) {
            come.close();
        } else if (isForLater && lease != null) {
            next = come;
        } else {
            close(lease);
            close(next);
            next = null;
            spentBefore = 0;
            lease = come;
        }
    }

    private static void close(@Nullable Lease one) {
        if (one != null) {
            one.close();
        }
    }

    /** Has nobody begin to spend here any more what was leased, or will be. */
    synchronized void end() {
        ended = true;
        close(lease);
        close(next);
    }

    /** Tells whether nobody misses it. */
    boolean isIdle(long now) {
        return !asking.get() && now - lastWish >= IDLE_NANOS && isOver(lease, now) && isOver(next, now);
    }

    private static boolean isOver(@Nullable Lease one, long now) {
        return one == null || one.isOver(now);
    }
}
