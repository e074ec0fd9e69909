package io.nearfar.config;

import java.time.Duration;

/**
 * What answers when a load fails, or takes long.
 *
 * @param grace how long an entry is kept after its end, to answer if a load of its key fails; zero: not at all
 * @param throttle how long nobody loads a key again whose load has failed, as long as something is kept of it
 * @param softTimeout after how long something that is kept answers a caller that waits for a load; zero: never
 * @param hardTimeout how long a caller waits for a load at most; zero: as long as it takes
 */
public record FailSafeSettings(Duration grace, Duration throttle, Duration softTimeout, Duration hardTimeout) {
    /** What the defaults say. */
    public static final FailSafeSettings NONE = new FailSafeSettings(Duration.ZERO, Duration.ofSeconds(1));

    /** Creates settings with which callers wait as long as it takes. */
    public FailSafeSettings(Duration grace, Duration throttle) {
        this(grace, throttle, Duration.ZERO, Duration.ZERO);
    }

    /** Tells whether there is a timeout. */
    public boolean isTimed() {
        return softMillis() > 0 || hardMillis() > 0;
    }

    /** Returns the soft timeout in milliseconds; 0: none. */
    public long softMillis() {
        return softTimeout.toMillis();
    }

    /** Returns the hard timeout in milliseconds; 0: none. */
    public long hardMillis() {
        return hardTimeout.toMillis();
    }

    /** Returns for how many milliseconds an entry is kept after its end. */
    public long graceMillis() {
        return grace.toMillis();
    }

    /** Returns for how many milliseconds nobody loads again. */
    public long throttleMillis() {
        return throttle.toMillis();
    }
}
