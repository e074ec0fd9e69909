package io.nearfar.far;

import io.nearfar.CacheHealth;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one server as this node knows it: the answer to a TIME, and how long ago that was. The server read its
 * clock at some instant between question and answer, so its time now lies between {@link #earliest} and {@link #latest}.
 */
final class MasterClock {
    /** After so long a sample gives way to a worse one, for clocks drift. */
    private static final long STALE_NANOS = 30_000_000_000L;

    private final LongSupplier nanoTime;
    private volatile @Nullable Sample sample;

    MasterClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes in that the server's clock showed {@code serverMicros} at some instant between the two. */
    synchronized void learn(long asked, long answered, long serverMicros) {
        Sample old = sample;
        Sample fresh = new Sample(asked, answered, serverMicros);
        if (old == null || fresh.isBetterThan(old)) {
            sample = fresh;
        }
    }

    boolean isKnown() {
        return sample != null;
    }

    /** Returns the least that the server's clock can show now, in microseconds. */
    long earliest() {
        Sample known = known();
        return known.serverMicros + (nanoTime.getAsLong() - known.answered) / 1000;
    }

    /** Returns the most that the server's clock can show now, in microseconds. */
    long latest() {
        Sample known = known();
        return known.serverMicros + (nanoTime.getAsLong() - known.asked) / 1000;
    }

    /** Returns what {@link #latest} adds to the microseconds of this process's clock. */
    long latestOffset() {
        Sample known = known();
        return known.serverMicros - known.asked / 1000;
    }

    /**
     * Returns how far the server's clock is ahead of another one, if it is where it most likely is: in the middle of what it can
     * show.
     *
     * @param micros what the other clock shows now, in microseconds
     * @return null if the server's was never read
     */
    CacheHealth.@Nullable Clock beside(long micros) {
        Sample known = sample;
        if (known == null) {
            return null;
        }
        long middle = known.asked + known.trip() / 2;
        long shown = known.serverMicros + (nanoTime.getAsLong() - middle) / 1000;
        return new CacheHealth.Clock(Duration.of(shown - micros, ChronoUnit.MICROS), Duration.ofNanos(known.trip()));
    }

    private Sample known() {
        Sample known = sample;
        if (known == null) {
            throw new IllegalStateException("The server's clock is asked for its time before it was ever read");
        }
        return known;
    }

    private record Sample(long asked, long answered, long serverMicros) {
        boolean isBetterThan(Sample old) {
            return trip() <= old.trip() || answered - old.answered > STALE_NANOS || contradicts(old);
        }

        private long trip() {
            return answered - asked;
        }

        private boolean contradicts(Sample old) {
            long earliest = old.serverMicros + (answered - old.answered) / 1000;
            long latest = old.serverMicros + (answered - old.asked) / 1000;
            return serverMicros + trip() / 1000 < earliest || serverMicros > latest;
        }
    }
}
