package io.nearfar.cdi.cache;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.RateLimitExceededException;
import org.jspecify.annotations.Nullable;

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

    /** Does something also where something before has failed; returns the failure of either, or null. */
    static @Nullable RuntimeException attempted(@Nullable RuntimeException before, Runnable work) {
        try {
            work.run();
            return before;
        } catch (RuntimeException e) {
            return before == null ? e : together(before, e);
        }
    }

    /** Returns the one of two failures that is told, with the other as suppressed: the first, unless only the second is a refusal. */
    static RuntimeException together(RuntimeException first, RuntimeException second) {
        boolean swaps = isRefusal(second) && !isRefusal(first);
        RuntimeException told = swaps ? second : first;
        RuntimeException other = swaps ? first : second;
        if (told != other) {
            told.addSuppressed(other);
        }
        return told;
    }
}
