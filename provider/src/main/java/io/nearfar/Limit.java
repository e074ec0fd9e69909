package io.nearfar;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many permits may be had within any window of a length, by each key that is counted under the limit's name. Exact: no
 * window holds more, wherever it begins. Immutable.
 *
 * <p>Up to {@value #EXACT_PERMITS} permits each request is remembered by its instant, and counts for exactly a window.
 * Above, requests are counted by hundredths of the window, and each counts for up to a hundredth longer: still no window
 * ever holds more, but a permit may come back that much later.
 *
 * <p>A limit whose permits or window change keeps what was counted under its name: a new number holds from the next
 * decision on. After a change of window, what the shorter of the two does not reach may have been forgotten.
 *
 * @param name by which the limit is known everywhere; two limits of one name share their counts. An application has a few,
 *     and they are fixed: what differs by tenant or user is the key. Up to 250 characters, not blank
 * @param permits how many there are in a window, from 1 to a million millions
 * @param window its length, from a millisecond to 366 days, in whole microseconds
 * @param outage what holds while the far tier does not answer, or null: what {@code nearfar.limit.outage} says
 * @param mode where requests are decided. Limits of one name and one window have one mode, or the leased one holds for the
 *     others as long as something counts that was leased: their permits count for as much longer
 */
public record Limit(
        String name,
        long permits,
        Duration window,
        @Nullable LimitOutage outage,
        LimitMode mode) implements Serializable {
    /** The most permits of which each is remembered by its instant. */
    public static final int EXACT_PERMITS = 10_000;

    /** The shortest window of which nodes hold credits; shorter ones are decided as in mode strict. */
    public static final Duration SHORTEST_LEASED = Duration.ofSeconds(1);

    private static final int LONGEST_NAME = 250;
    private static final int NANOS_OF_A_MICRO = 1_000;
    private static final long MOST_PERMITS = 1_000_000_000_000L;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /**
     * Creates one.
     *
     * @throws IllegalArgumentException if the name is blank or too long, or permits or window are out of bounds
     * @throws NullPointerException if name, window or mode are null
     */
    public Limit {
        Objects.requireNonNull(name, "The name of a limit is null");
        Objects.requireNonNull(window, () -> "The window of limit " + name + " is null");
        Objects.requireNonNull(mode, () -> "The mode of limit " + name + " is null");
        checkName(name);
        if (permits < 1 || permits > MOST_PERMITS) {
            throw new IllegalArgumentException(
                    "Limit " + name + " has " + permits + " permits; from 1 to " + MOST_PERMITS + " are allowed");
        }
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Limit " + name + " has a window of " + window + "; from 1 ms to 366 days are allowed");
        }
        if (window.getNano() % NANOS_OF_A_MICRO != 0) {
            throw new IllegalArgumentException("Limit " + name + " has a window of " + window
                    + "; it is counted in microseconds, and that is no whole number of them");
        }
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a limit is blank; its counts are found by it");
        }
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "The name of a limit has " + name.length() + " characters, and begins with "
                            + name.substring(0, 20) + "; up to " + LONGEST_NAME
                            + " are allowed. What differs by user or tenant belongs into the key");
        }
    }

    /**
     * Creates one that does in an outage what the settings say.
     *
     * @throws IllegalArgumentException if the name is blank or too long, or permits or window are out of bounds
     * @throws NullPointerException if name or window are null
     */
    public Limit(String name, long permits, Duration window) {
        this(name, permits, window, null);
    }

    /**
     * Creates one in mode strict.
     *
     * @param outage what holds while the far tier does not answer, or null: what {@code nearfar.limit.outage} says
     * @throws IllegalArgumentException if the name is blank or too long, or permits or window are out of bounds
     * @throws NullPointerException if name or window are null
     */
    public Limit(String name, long permits, Duration window, @Nullable LimitOutage outage) {
        this(name, permits, window, outage, LimitMode.STRICT);
    }

    /**
     * Returns the same limit with a policy of its own for outages.
     *
     * @throws NullPointerException if the policy is null
     */
    public Limit during(LimitOutage outage) {
        Objects.requireNonNull(outage, () -> "The policy of limit " + name + " for an outage is null");
        return new Limit(name, permits, window, outage, mode);
    }

    /**
     * Returns the same limit with requests decided there.
     *
     * @throws NullPointerException if the mode is null
     */
    public Limit in(LimitMode mode) {
        return new Limit(name, permits, window, outage, mode);
    }

    /** Returns the same limit in mode {@link LimitMode#LEASED}. */
    public Limit leased() {
        return in(LimitMode.LEASED);
    }

    /**
     * Returns the same limit with another number of permits.
     *
     * @throws IllegalArgumentException if that is out of bounds
     */
    public Limit withPermits(long permits) {
        return new Limit(name, permits, window, outage, mode);
    }

    /**
     * Returns the limit as it holds for one key: a user, an address, whatever has permits of its own.
     *
     * @throws NullPointerException if the key is null
     */
    public Quota of(String key) {
        return new Quota(this, key);
    }

    /** Returns the limit as it holds for all together. */
    public Quota forAll() {
        return new Quota(this, "");
    }

    /** Tells whether each request is remembered by its instant. */
    public boolean isExact() {
        return permits <= EXACT_PERMITS;
    }
}
