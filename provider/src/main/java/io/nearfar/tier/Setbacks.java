package io.nearfar.tier;

import io.nearfar.resilience.Backoff;
import java.util.function.LongSupplier;

/** Spaces out the attempts at something that fails again and again. Safe for use by several threads. */
final class Setbacks {
    /** One may come about by an outage that begins again. */
    private static final int TOLD = 2;

    private final LongSupplier nanoTime;
    private final Backoff backoff;
    private int count;
    private long due;

    Setbacks(LongSupplier nanoTime, Backoff backoff) {
        this.nanoTime = nanoTime;
        this.backoff = backoff;
    }

    /** Tells whether another attempt is due. */
    synchronized boolean areOver() {
        return count == 0 || nanoTime.getAsLong() - due >= 0;
    }

    /** An attempt has failed; returns whether that is to be told, once for all that fail in a row. */
    synchronized boolean add() {
        count++;
        due = nanoTime.getAsLong() + backoff.nanos(count);
        return count == TOLD;
    }

    /** An attempt has succeeded. */
    synchronized void end() {
        count = 0;
    }
}
