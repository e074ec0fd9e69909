package io.nearfar.cdi.cache;

import io.nearfar.FarTierUnavailableException;

/**
 * Failures that are no failures: a cache that is set to fail closed refuses when its far tier does not answer, and whoever
 * set it so wants to know. A cache that fails open never throws this out of what annotations do.
 */
final class Refusals {
    private Refusals() {}

    /** Tells whether {@code failure} is such a refusal. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof FarTierUnavailableException;
    }
}
