package io.nearfar.cdi.cache;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.RateLimitExceededException;

/**
 * Failures that are no failures. A cache that is set to fail closed refuses when its far tier does not answer, and whoever
 * set it so wants to know; a cache that fails open never throws this out of what annotations do. A cache whose loads are limited
 * refuses them when there is no room: to call the method then would be a way around the limit.
 */
final class Refusals {
    private Refusals() {}

    /** Tells whether {@code failure} is such a refusal. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof FarTierUnavailableException || failure instanceof RateLimitExceededException;
    }
}
