package io.nearfar.far;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether reads of a cache ask how large an entry is before they ask for it. They do for a while after a large one was
 * met, and after a question that brought no answer in time, which may have been too large an answer. Most caches hold
 * nothing large, and their reads stay one round trip. Reads of many keys ask as well if their entries, by the average of
 * late, come to many bytes together. Safe for use by several threads.
 */
final class Caution {
    /** More bytes than this are carried in pieces, so that nothing else waits behind them. */
    static final int LARGE = 1 << 20;

    private static final int AFTER_A_LARGE_ONE = 1_000;
    private static final int AFTER_SILENCE = 100;
    private static final int UNKNOWN = -1;

    /** No more entries than this are under way at a time, however many are asked for. */
    private static final int MOST_AT_A_TIME = 512;

    private static final int MEMORY = 8;

    private final AtomicInteger reads = new AtomicInteger();
    private volatile long average = UNKNOWN;

    /** Tells whether to ask for the length first. */
    boolean isDue() {
        return reads.get() > 0;
    }

    /** Tells whether to ask for the lengths of so many entries first; of what was never met, nobody knows. */
    boolean isDue(int entries) {
        long each = average;
        return isDue() || (entries > 1 && (each == UNKNOWN || each * Math.min(entries, MOST_AT_A_TIME) > LARGE));
    }

    /** An entry of that length was read, or is about to be written. */
    void met(long bytes) {
        long before = average;
        average = before == UNKNOWN ? bytes : before + (bytes - before) / MEMORY;
    }

    /** Tells whether so many bytes are many, and takes notice if they are. */
    boolean isLarge(long bytes) {
        if (bytes > LARGE) {
            reads.set(AFTER_A_LARGE_ONE);
        }
        return bytes > LARGE;
    }

    /** A read has asked for the length first. */
    void taken() {
        reads.updateAndGet(left -> Math.max(0, left - 1));
    }

    /** A read had no answer in time. */
    void unanswered() {
        reads.updateAndGet(left -> Math.max(AFTER_SILENCE, left));
    }
}
