package io.nearfar.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Credits that several threads spend: none twice, and to the last one. Where two threads have met at it and much is left, each
 * takes a part into a pocket of its own and spends from there, for processors that contend for one number wait for each other at
 * each credit. What lies in the pockets of others is taken when there is nothing else. Safe for use by several threads.
 */
final class Purse {
    private static final int POCKETS = 16;

    /** Pockets lie so far apart, in numbers, that no two of them are in one line of a processor's cache. */
    private static final int APART = 16;

    /** Less than this is spent one by one. */
    private static final long MUCH = 4_096;

    /** A pocket takes this part of what is left. */
    private static final int PART = 64;

    private static final long CLOSED = -1;

    private final AtomicLong left;
    private volatile @Nullable AtomicLongArray pockets;
    private volatile boolean closed;

    Purse(long credits) {
        this.left = new AtomicLong(credits);
    }

    /** Spends so many, or none if there are not so many. */
    boolean spend(long cost) {
        AtomicLongArray there = pockets;
        int own = there == null ? 0 : own();
        if (there != null && spendFrom(there, own, cost)) {
            return true;
        }
        return spendFromLeft(cost, own) || (there != null && empty(there) > 0 && spendFromLeft(cost, own));
    }

    /** Threads of one pool were numbered one after the other; by their hashes two of them would meet in one case of sixteen. */
    private static int own() {
        return (int) (Thread.currentThread().getId() & POCKETS - 1) * APART;
    }

    private static boolean spendFrom(AtomicLongArray pockets, int own, long cost) {
        long there = pockets.get(own);
        while (there >= cost) {
            if (pockets.compareAndSet(own, there, there - cost)) {
                return true;
            }
            there = pockets.get(own);
        }
        return false;
    }

    private boolean spendFromLeft(long cost, int own) {
        long there = left.get();
        while (there >= cost) {
            AtomicLongArray filled = there < MUCH ? null : pockets;
            long more = filled == null ? 0 : Math.min(there - cost, there / PART);
            if (left.compareAndSet(there, there - cost - more)) {
                if (filled != null) {
                    put(filled, own, more);
                }
                return true;
            }
            if (there >= MUCH) {
                meet();
            }
            there = left.get();
        }
        return false;
    }

    /** Has threads have pockets from now on. */
    synchronized void meet() {
        if (pockets == null && !closed) {
            pockets = new AtomicLongArray(POCKETS * APART);
        }
    }

    private void put(AtomicLongArray pockets, int pocket, long credits) {
        long there = pockets.get(pocket);
        while (there != CLOSED) {
            if (pockets.compareAndSet(pocket, there, there + credits)) {
                return;
            }
            there = pockets.get(pocket);
        }
        left.addAndGet(credits);
    }

    /** Empties all pockets, and returns how much was in them. */
    private long empty(AtomicLongArray pockets) {
        long sum = 0;
        for (int pocket = 0; pocket < pockets.length(); pocket += APART) {
            long there = pockets.get(pocket);
            while (there > 0 && !pockets.compareAndSet(pocket, there, 0)) {
                there = pockets.get(pocket);
            }
            sum += Math.max(0, there);
        }
        left.addAndGet(sum);
        return sum;
    }

    /** Puts some in. */
    void add(long credits) {
        left.addAndGet(credits);
    }

    /** Tells whether there are so many; faster than to count all. */
    boolean has(long cost) {
        return left.get() >= cost || total() >= cost;
    }

    /** Tells whether there are more, beside what lies in pockets. */
    boolean hasMore(long credits) {
        return left.get() > credits;
    }

    /** Returns how many there are. */
    long total() {
        long sum = left.get();
        AtomicLongArray there = pockets;
        for (int pocket = 0; there != null && pocket < there.length(); pocket += APART) {
            sum += Math.max(0, there.get(pocket));
        }
        return sum;
    }

    /** Takes all out. Whoever is just taking a part into a pocket leaves it here. */
    synchronized long takeAll() {
        closed = true;
        long sum = 0;
        AtomicLongArray there = pockets;
        for (int pocket = 0; there != null && pocket < there.length(); pocket += APART) {
            sum += Math.max(0, there.getAndSet(pocket, CLOSED));
        }
        return sum + left.getAndSet(0);
    }
}
