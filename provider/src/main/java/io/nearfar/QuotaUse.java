package io.nearfar;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What was made of a quota, as of one instant. Immutable. Instants are those of the clock by which requests are counted:
 * the server's, or without a far tier the process's.
 *
 * @param quota the quota
 * @param used the permits in use: those of the requests, by their cost, that still count, and the credits that nodes hold,
 *     spent or not
 * @param windowStart when the oldest of them was admitted; that instant itself if there are none. Of a limit that is
 *     counted by hundredths of its window the beginning of that hundredth
 * @param windowEnd a window after the start: until then no permit comes back, and then the oldest does, or up to a
 *     hundredth of the window later where it is counted by hundredths, and later by the validity of credits where it is leased
 * @param retryAfter how long until the cost that was asked for is there; zero if it is, or was
 */
public record QuotaUse(Quota quota, long used, Instant windowStart, Instant windowEnd, Duration retryAfter)
        implements Serializable {
    /**
     * Creates one.
     *
     * @throws NullPointerException if one of them is null
     */
    public QuotaUse {
        Objects.requireNonNull(quota, "The quota of a use is null");
        Objects.requireNonNull(windowStart, "The start of a quota's window is null");
        Objects.requireNonNull(windowEnd, "The end of a quota's window is null");
        Objects.requireNonNull(retryAfter, "The wait for a quota is null; none is zero");
    }

    /** Returns the permits of the limit. */
    public long permits() {
        return quota.limit().permits();
    }

    /** Returns the permits that are left; 0 also if more are in use than a limit that was lowered has. */
    public long remaining() {
        return Math.max(0, permits() - used);
    }
}
