package io.nearfar.jcache;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.RateLimitExceededException;
import io.nearfar.RateLimiter;
import java.util.List;
import javax.cache.CacheException;

/** What the loads of one cache are charged to, right before the application is called for them. */
@FunctionalInterface
public interface LoadLimit {
    /** Admits every load and asks nobody. */
    LoadLimit NONE = loads -> {};

    /**
     * Charges so many loads in one decision: all of them, or none.
     *
     * @throws RateLimitExceededException if there is no room for them
     * @throws CacheException if they are more than there can ever be room for
     */
    void charge(int loads);

    /** Returns one that a limiter decides about, which is open as long as the cache is. */
    static LoadLimit of(Limit limit, RateLimiter limiter) {
        List<Quota> quota = List.of(limit.forAll());
        return loads -> {
            if (loads > limit.permits()) {
                throw new CacheException(
                        "A load of " + loads + " keys at once can never have room in limit " + limit.name()
                                + ", which allows " + limit.permits() + " in " + limit.window()
                                + ". Load fewer keys at a time, or raise load.limit of the cache");
            }
            Decision decision = limiter.decide(quota, loads);
            if (!decision.admitted()) {
                throw new RateLimitExceededException(decision);
            }
        };
    }
}
