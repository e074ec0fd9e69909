package io.nearfar.config;

import java.time.Duration;

/**
 * What answers when a load fails, or takes long.
 *
 * @param grace how long an entry is kept after its end, to answer if a load of its key fails; zero: not at all
 * @param throttle how long nobody loads a key again whose load has failed, as long as something is kept of it
 * @param softTimeout after how long something that is kept answers a caller that waits for a load; zero: never
 * @param hardTimeout how long a caller waits for a load at most; zero: as long as it takes
 * @param staleWhileRevalidate for how long after its end an entry answers at once, while its key is loaded; zero: never
 */
public record FailSafeSettings(
        Duration grace, Duration throttle, Duration softTimeout, Duration hardTimeout, Duration staleWhileRevalidate) {
    /** What the defaults say. */
    public static final FailSafeSettings NONE = new FailSafeSettings(Duration.ZERO, Duration.ofSeconds(1));

    /** Creates settings with which callers wait as long as it takes. */
    public FailSafeSettings(Duration grace, Duration throttle) {
        this(grace, throttle, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** Tells whether a caller may leave a load that goes on. */
    public boolean isTimed() {
        return softMillis() > 0 || hardMillis() > 0 || revalidationMillis() > 0;
    }

    /** Returns the soft timeout in milliseconds; 0: none. */
    public long softMillis() {
        return softTimeout.toMillis();
    }

    /** Returns the hard timeout in milliseconds; 0: none. */
    public long hardMillis() {
        return hardTimeout.toMillis();
    }

    /** Returns for how many milliseconds an entry is kept after its end: for failures, or to answer at once. */
    public long graceMillis() {
        return Math.max(grace.toMillis(), revalidationMillis());
    }

    /** Returns for how many milliseconds after its end an entry answers at once; 0: not at all. */
    public long revalidationMillis() {
        return staleWhileRevalidate.toMillis();
    }

    /** Returns for how many milliseconds nobody loads again. */
    public long throttleMillis() {
        return throttle.toMillis();
    }
}
