package io.nearfar.far;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what a link has gone through with all servers that it ever had. Safe for use by several threads. */
final class Troubles {
    private final AtomicLong openings = new AtomicLong();
    private final AtomicLong absences = new AtomicLong();

    /** A server was found not to answer. */
    void opened() {
        openings.incrementAndGet();
    }

    /** Nobody was there to be asked. */
    void nobody() {
        absences.incrementAndGet();
    }

    /** Returns how often a server was found not to answer. */
    long openings() {
        return openings.get();
    }

    /** Returns a number that changes with everything that is counted, and never comes back to what it was. */
    long count() {
        return openings.get() + absences.get();
    }
}
