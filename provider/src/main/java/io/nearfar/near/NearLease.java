package io.nearfar.near;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The right to serve a partition's entries from near: it holds for a while after the instant up to which the messages of
 * other nodes were verified to have been applied. One for each partition, shared by the caches of a manager.
 */
public final class NearLease {
    /** Longer ago than any lease, and far from an overflow of the difference. */
    private static final long NEVER_AGO = Long.MAX_VALUE / 2;

    private final long nanos;
    private volatile long verified;
    private long earliest;
    private volatile long reached = Long.MIN_VALUE;
    private final AtomicLong filled = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong straddling = new AtomicLong(Long.MIN_VALUE);
    private volatile int beats;
    private volatile long chain = Long.MAX_VALUE;

    /** Creates one that does not hold yet; {@code now} is an instant of {@link System#nanoTime}. */
    public NearLease(Duration length, long now) {
        this.nanos = length.toNanos();
        this.verified = now - NEVER_AGO;
        this.earliest = verified;
    }

    /** Every write acknowledged before that instant of {@link System#nanoTime} has been applied. */
    public synchronized void verified(long sentAt) {
        if (sentAt - verified > 0 && sentAt - earliest >= 0) {
            verified = sentAt;
        }
    }

    /**
     * The process's clock is at {@code now}, and has stood still for so long since it was looked at last: whatever was
     * verified is older by that than it seems.
     */
    public synchronized void stoodStill(long now, long gap) {
        earliest = now;
        verified -= Math.min(gap, NEVER_AGO - Math.min(NEVER_AGO, now - verified));
    }

    /** The messages have come to a write of that stamp. */
    public void reached(long stamp) {
        reached = stamp;
    }

    /** Returns the number of the last beat, for a fill that begins now. */
    int beats() {
        return beats;
    }

    /**
     * An entry of that stamp is about to be kept near. A beat that begins or is answered meanwhile either learns of it, or
     * is seen here.
     *
     * @param beat the number of the last beat when its fill began
     * @return false if a beat has been sent since then and has seen a chain below: what was read may have been lost before
     */
    boolean admits(long stamp, int beat) {
        raise(filled, stamp);
        if (beat == beats) {
            return true;
        }
        raise(straddling, stamp);
        return stamp <= chain;
    }

    private static void raise(AtomicLong highest, long stamp) {
        if (stamp > highest.get()) {
            highest.accumulateAndGet(stamp, Math::max);
        }
    }

    /** A beat is about to be sent; returns the highest stamp of what was kept near since the last loss. */
    public synchronized long beat() {
        beats++;
        straddling.set(Long.MIN_VALUE);
        return filled.get();
    }

    /**
     * A beat has seen a chain of that stamp.
     *
     * @return the highest stamp of what was kept near since that beat was sent, by a fill that began before
     */
    public long answered(long stamp) {
        chain = stamp;
        return straddling.get();
    }

    /** Nothing of before is served any more. */
    public void lost() {
        filled.set(Long.MIN_VALUE);
    }

    /** Returns the highest stamp known, of messages or of what was kept near since the last loss. */
    long highest() {
        return Math.max(reached, filled.get());
    }

    /** Returns the stamp of the write that the messages have come to. */
    long reached() {
        return reached;
    }

    /** Tells whether near entries may be served at that instant. */
    boolean holds(long now) {
        return now - verified < nanos;
    }

    /** Returns how many nanoseconds before {@code now} the partition was verified. */
    public long age(long now) {
        return now - verified;
    }
}
