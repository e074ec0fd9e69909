package io.nearfar.jcache.expiry;

import io.nearfar.entry.Lifetime;
import javax.cache.expiry.Duration;

/** Turns durations of JSR-107 and of the JDK into lifetimes. */
final class Durations {
    private Durations() {}

    static long millis(Duration duration) {
        if (duration.isEternal()) {
            return Lifetime.ETERNAL;
        }
        return duration.isZero() ? Lifetime.NONE : duration.getTimeUnit().toMillis(duration.getDurationAmount());
    }

    /** A positive duration below one millisecond counts as one, so that it does not turn into none. */
    static long millis(java.time.Duration duration) {
        return duration.isZero() ? Lifetime.NONE : Math.max(1, duration.toMillis());
    }
}
