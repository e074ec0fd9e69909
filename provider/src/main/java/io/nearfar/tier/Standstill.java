package io.nearfar.tier;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices that the machine was suspended. The process's clock stands still meanwhile, on Linux and elsewhere, so that
 * nothing that is measured by it seems old afterwards; the wall clock goes on. A wall clock that was put forward looks the
 * same: it can only ever shorten what is believed here.
 */
final class Standstill {
    private final LongSupplier wallMillis;
    private final long toleratedMillis;
    private long lastNanos;
    private long lastMillis;

    /**
     * Begins now.
     *
     * @param tolerated how much further than the process's clock the wall clock may go between two looks
     * @param wallMillis the wall clock, as {@link System#currentTimeMillis}
     * @param now an instant of {@link System#nanoTime}
     */
    Standstill(Duration tolerated, LongSupplier wallMillis, long now) {
        this.wallMillis = wallMillis;
        this.toleratedMillis = tolerated.toMillis();
        this.lastNanos = now;
        this.lastMillis = wallMillis.getAsLong();
    }

    /** Returns for how many nanoseconds the process's clock stood still since the last look; 0 if it did not. */
    synchronized long lookAt(long now) {
        if (now == lastNanos) {
            return 0;
        }
        long millis = wallMillis.getAsLong();
        long stood = millis - lastMillis - TimeUnit.NANOSECONDS.toMillis(now - lastNanos);
        lastNanos = now;
        lastMillis = millis;
        return stood > toleratedMillis ? TimeUnit.MILLISECONDS.toNanos(stood) : 0;
    }
}
