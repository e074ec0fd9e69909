package io.nearfar.far;

import io.nearfar.Limit;
import io.nearfar.LimitMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * For how long credits of a limit may be spent: what {@code decide.lua} has each permit of a leased limit count longer than its
 * window.
 */
public final class Credits {
    private static final int PARTS_OF_A_WINDOW = 50;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** The part of a validity by which clocks of two machines can run apart while it lasts. */
    private static final int CAUTION = 500;

    private Credits() {}

    /** Tells whether nodes may hold credits of a limit: of a short window they would be over before they arrive. */
    public static boolean areLeased(Limit limit) {
        return limit.mode() == LimitMode.LEASED && limit.window().compareTo(Limit.SHORTEST_LEASED) >= 0;
    }

    /** Returns for how many nanoseconds after the question for them was sent credits of a leased limit may be spent. */
    public static long validityNanos(Limit limit) {
        long micros = TimeUnit.NANOSECONDS.toMicros(limit.window().toNanos()) / PARTS_OF_A_WINDOW;
        long validity = Math.min(TimeUnit.MICROSECONDS.toNanos(micros), LONGEST.toNanos());
        return validity - validity / CAUTION;
    }
}
