package io.nearfar.far;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When the link's thread looks after its servers: four times between two beats, and four times a second at least, for a
 * server that is left alone is to be found soon when it answers again, however seldom beats are. Used by one thread.
 */
final class Ticks {
    private static final int TICKS_OF_A_BEAT = 4;
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Whoever comes after so many times the time between two ticks has missed one. */
    private static final int MISSED = 2;

    private final long periodNanos;
    private final long quarterNanos;
    private final long everyNanos;
    private long last;
    private long lastOfBeats;

    /**
     * Begins at an instant of {@link System#nanoTime}.
     *
     * @param period from one beat to the next
     */
    Ticks(Duration period, long now) {
        this.periodNanos = period.toNanos();
        this.quarterNanos = periodNanos / TICKS_OF_A_BEAT;
        this.everyNanos = Math.min(quarterNanos, LONGEST_NANOS);
        this.last = now;
        this.lastOfBeats = now;
    }

    /** Returns how long after a tick the next one is. */
    long everyNanos() {
        return everyNanos;
    }

    /** Returns the tick that is now. */
    Tick next(long now) {
        Tick tick = new Tick(now, periodNanos, now - lastOfBeats >= quarterNanos, now - last > MISSED * everyNanos);
        last = now;
        lastOfBeats = tick.isOfBeats() ? now : lastOfBeats;
        return tick;
    }

    /**
     * One of them.
     *
     * @param now an instant of {@link System#nanoTime}
     * @param periodNanos from one beat to the next
     * @param isOfBeats whether beats may be due; else servers that are left alone are probed, and nothing else is begun
     * @param stoodStill whether the process did so just before
     */
    record Tick(long now, long periodNanos, boolean isOfBeats, boolean stoodStill) {}
}
