package io.nearfar.config;

import io.nearfar.HttpSettings;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.MetricsSettings;
import io.nearfar.StatusSettings;
import io.nearfar.WarmingPlan;
import java.util.List;
import java.util.Map;
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
 * @param warmings puts settings in the place of plans
 * @param http of requests over HTTP
 * @param status of what tells how caches are
 * @param metrics of metrics
 * @param logsKeys whether the log shows keys as they are
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
        WarmingReader warmings,
        HttpSettings http,
        StatusSettings status,
        MetricsSettings metrics,
        boolean logsKeys,
        String description,
        CacheReader caches)
        implements NearfarSettings {

    @Override
    public String describe() {
        return description;
    }

    @Override
    public @Nullable WarmingPlan warming(WarmingPlan plan) {
        return warmings.read(plan);
    }

    @Override
    public ConfiguredCache configured(String name, boolean declaredInCode) {
        Mistakes mistakes = new Mistakes();
        ConfiguredCache cache = caches.read(name, declaredInCode, mistakes);
        mistakes.throwIfAny();
        return cache;
    }

    @Override
    public ConfiguredCache configured(String name, Map<String, String> inCode) {
        Mistakes mistakes = new Mistakes();
        ConfiguredCache cache = caches.read(name, inCode, mistakes);
        mistakes.throwIfAny();
        return cache;
    }

    /** Returns the description. */
    @Override
    public String toString() {
        return description;
    }
}
