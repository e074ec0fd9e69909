package io.nearfar.tier;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long one caller waits for the load of another, and how often it asks again. */
final class Patience {
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final long start = System.nanoTime();
    private long pauseMillis = 1;
    private boolean ended;

    /** Returns the instant of {@link System#nanoTime} at which the caller asked. */
    long start() {
        return start;
    }

    boolean lasts() {
        return !ended && System.nanoTime() - start < LONGEST_WAIT;
    }

    void end() {
        ended = true;
    }

    long restMillis() {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, LONGEST_WAIT - (System.nanoTime() - start)));
    }

    /** Returns how long to wait before asking again: longer each time, at most what the holder's right still lasts. */
    long nextPauseMillis(long heldMillis) {
        long pause = Math.min(pauseMillis, Math.max(1, heldMillis));
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        return pause;
    }

    /** Waits before asking again. */
    void pause(long heldMillis) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(nextPauseMillis(heldMillis));
        LockSupport.parkNanos(this, nanos / 2 + ThreadLocalRandom.current().nextLong(nanos));
        if (Thread.currentThread().isInterrupted()) {
            end();
        }
    }
}
