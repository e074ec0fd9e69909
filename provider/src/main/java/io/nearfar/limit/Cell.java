package io.nearfar.limit;

import io.nearfar.Limit;
import io.nearfar.far.Standing;
import java.util.concurrent.TimeUnit;

/** The place of one quota's window; its own lock guards it. */
final class Cell {
    /** Until then whoever has made it has surely used it; or two that are made for one request would sweep out each other. */
    private static final long FRESH_MICROS = TimeUnit.SECONDS.toMicros(1);

    /** By which cells are locked one after the other. */
    final long number;

    private final boolean kept;
    private final long freshUntil;

    private Window window;
    private volatile boolean gone;

    /**
     * Creates an empty one.
     *
     * @param kept whether it is where others find it; else it is good for a look
     */
    Cell(long number, boolean kept, long now, Limit limit) {
        this.number = number;
        this.kept = kept;
        this.freshUntil = now + Math.min(FRESH_MICROS, Window.micros(limit));
        this.window = Window.of(limit);
    }

    /** Returns how the quota stands; changes nothing, also where the limit is counted otherwise now. */
    Standing look(long now, Limit limit, long cost) {
        return window.look(now, limit, cost);
    }

    /** Counts permits that are there. What another way of counting had counted is as if it came just now. */
    void charge(long now, Limit limit, long cost) {
        if (!window.suits(limit)) {
            long used = window.look(now, limit, cost).used();
            window = Window.of(limit);
            window.charge(now, limit, used);
        }
        window.charge(now, limit, cost);
    }

    /** Tells whether others find it. */
    boolean isKept() {
        return kept;
    }

    /** Tells whether nothing counts here any more; then nobody may count here again. */
    synchronized boolean leave(long now) {
        gone = gone || (now >= freshUntil && window.isOver(now));
        return gone;
    }

    /** Forgets what was counted here; nobody may count here again. */
    synchronized void forget() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }
}
