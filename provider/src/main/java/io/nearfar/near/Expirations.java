package io.nearfar.near;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Lifetime;
import java.util.concurrent.atomic.AtomicLong;

/** Computes expirations, and knows the earliest of a store, so that nobody searches when nothing can have expired. */
final class Expirations {
    private final AtomicLong earliest = new AtomicLong(Entry.NEVER);

    /** Returns the server time in microseconds that is {@code millis} after {@code now}, capped. */
    static long after(long now, long millis) {
        boolean endless = millis == Lifetime.ETERNAL || millis > (Entry.NEVER - now) / 1000;
        return endless ? Entry.NEVER : now + millis * 1000;
    }

    /** Takes note of an entry that expires then. */
    void note(long expires) {
        if (expires < earliest.get()) {
            earliest.accumulateAndGet(expires, Math::min);
        }
    }

    /** Tells whether an entry can have expired by {@code now}; if so, begins to note anew. */
    boolean beginSearch(long now) {
        return earliest.get() <= now && earliest.getAndSet(Entry.NEVER) <= now;
    }
}
