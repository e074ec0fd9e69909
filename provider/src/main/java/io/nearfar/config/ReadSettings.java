package io.nearfar.config;

import io.nearfar.InvalidationDeclaration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read for one manager.
 *
 * @param mode the mode of the manager
 * @param far the far tier, or null in near mode
 * @param fallback the fallback store, or null
 * @param isPrefixGiven whether a setting gives the prefix
 * @param limits of rate limiting
 * @param invalidations those that have names
 * @param description the line for the log
 * @param caches works out the settings of caches
 */
record ReadSettings(
        Mode mode,
        @Nullable FarSettings far,
        @Nullable FallbackSettings fallback,
        boolean isPrefixGiven,
        LimitSettings limits,
        List<InvalidationDeclaration> invalidations,
        String description,
        CacheReader caches)
        implements NearfarSettings {

    @Override
    public String describe() {
        return description;
    }

    @Override
    public CacheSettings cache(String name, boolean declaredInCode) {
        Mistakes mistakes = new Mistakes();
        CacheSettings settings = caches.read(name, declaredInCode, mistakes);
        mistakes.throwIfAny();
        return settings;
    }

    /** Returns the description. */
    @Override
    public String toString() {
        return description;
    }
}
