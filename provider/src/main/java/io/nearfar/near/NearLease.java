package io.nearfar.near;

import java.time.Duration;

/**
 * The right to serve a partition's entries from near: it holds for a while after the instant up to which the messages of
 * other nodes were verified to have been applied. One for each partition, shared by the caches of a manager.
 */
public final class NearLease {
    /** Longer ago than any lease, and far from an overflow of the difference. */
    private static final long NEVER_AGO = Long.MAX_VALUE / 2;

    private final long nanos;
    private volatile long verified;
    private volatile long reached = Long.MIN_VALUE;

    /** Creates one that does not hold yet; {@code now} is an instant of {@link System#nanoTime}. */
    public NearLease(Duration length, long now) {
        this.nanos = length.toNanos();
        this.verified = now - NEVER_AGO;
    }

    /** Every write acknowledged before that instant of {@link System#nanoTime} has been applied. */
    public synchronized void verified(long sentAt) {
        if (sentAt - verified > 0) {
            verified = sentAt;
        }
    }

    /** The messages have come to a write of that stamp. */
    public void reached(long stamp) {
        reached = stamp;
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
