package io.nearfar;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a {@link Warmer} runs, and how fast. Immutable; each method returns a plan that differs in one thing.
 *
 * @param name by which the nodes know it as one: 1 to 64 letters and digits of ASCII, and hyphens
 * @param every how long after the begin of a run the next one is due, a second at least; null for one run, as the nodes start
 * @param keysPerSecond how many keys a run loads in a second at most; {@link Long#MAX_VALUE} for no limit
 */
public record WarmingPlan(String name, @Nullable Duration every, long keysPerSecond) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /**
     * Creates a plan.
     *
     * @throws NullPointerException if {@code name} is null
     * @throws IllegalArgumentException if something is out of its range; names it
     */
    public WarmingPlan {
        Objects.requireNonNull(name, "The name of a warming is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The name of a warming is " + name
                    + "; it must be 1 to 64 letters and digits of ASCII, and hyphens");
        }
        if (every != null && every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("The warming " + name + " is to run every " + every
                    + "; give a second at least, or null for one run as the nodes start");
        }
        if (keysPerSecond < 1) {
            throw new IllegalArgumentException("The warming " + name + " at " + keysPerSecond
                    + " keys per second would not come to its end; give at least 1, or Long.MAX_VALUE for no limit");
        }
    }

    /** Returns the plan of one run as the nodes start, with no limit. */
    public static WarmingPlan of(String name) {
        return new WarmingPlan(name, null, Long.MAX_VALUE);
    }

    /** Returns the same that runs so often; null for one run. */
    public WarmingPlan withEvery(@Nullable Duration time) {
        return new WarmingPlan(name, time, keysPerSecond);
    }

    /** Returns the same with another limit. */
    public WarmingPlan withKeysPerSecond(long keys) {
        return new WarmingPlan(name, every, keys);
    }
}
