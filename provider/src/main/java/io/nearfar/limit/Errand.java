package io.nearfar.limit;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Work that is done in another thread a moment after it was asked for: once, however often that was, and again as long as there
 * is more. Never twice at a time. Safe for use by several threads.
 */
final class Errand {
    private final Later later;
    private final long millis;
    private final Runnable work;
    private final BooleanSupplier hasMore;
    private final AtomicBoolean planned = new AtomicBoolean();

    /**
     * Creates one that nobody has asked for.
     *
     * @param millis the moment
     * @param hasMore tells after the work whether there is more to do
     */
    Errand(Later later, long millis, Runnable work, BooleanSupplier hasMore) {
        this.later = later;
        this.millis = millis;
        this.work = work;
        this.hasMore = hasMore;
    }

    /** Asks for it, unless that has been done; does nothing where nothing is done any more. */
    void plan() {
        if (planned.compareAndSet(false, true)) {
            try {
                later.after(millis, this::run);
            } catch (RejectedExecutionException e) { // closed
                planned.set(false);
            }
        }
    }

    private void run() {
        try {
            work.run();
        } finally {
            planned.set(false);
            if (hasMore.getAsBoolean()) {
                plan();
            }
        }
    }
}
