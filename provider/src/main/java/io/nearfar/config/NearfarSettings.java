package io.nearfar.config;

import io.nearfar.HttpSettings;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.MetricsSettings;
import io.nearfar.StatusSettings;
import io.nearfar.WarmingPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All settings of one cache manager, read and checked once; caches ask for theirs when they are created. */
public interface NearfarSettings {
    /** Returns the mode of the manager, which its caches have unless a setting names another for them. */
    Mode mode();

    /**
     * Returns one line for the log: the mode, where the address was found, and the prefix. Without passwords and without
     * the name of the manager.
     */
    String describe();

    /** Returns the settings of the far tier, or null in near mode. */
    @Nullable
    FarSettings far();

    /** Tells whether a setting gives the prefix of the far tier, so that it is not merely the name of what runs. */
    default boolean isPrefixGiven() {
        return true;
    }

    /** Returns the settings of the fallback store, or null if there is none or no far tier whose place it could take. */
    @Nullable
    FallbackSettings fallback();

    /** Returns the settings of rate limiting. */
    LimitSettings limits();

    /** Returns the invalidations that settings declare, known to be right. */
    default List<InvalidationDeclaration> invalidations() {
        return List.of();
    }

    /** Returns the plan that settings put in the place of one in code, or null if they switch it off. */
    default @Nullable WarmingPlan warming(WarmingPlan plan) {
        return plan;
    }

    /** Returns the settings of requests over HTTP. */
    HttpSettings http();

    /** Returns the settings of what tells how caches are; the defaults unless there are others. */
    default StatusSettings status() {
        return StatusSettings.STANDARD;
    }

    /** Returns the settings of metrics. */
    default MetricsSettings metrics() {
        return MetricsSettings.OFF;
    }

    /** Tells whether the log shows keys as they are, where it tells of operations. */
    default boolean logsKeys() {
        return false;
    }

    /**
     * Returns the settings of the cache of that name.
     *
     * @param name the cache's name
     * @param declaredInCode whether the application gave a configuration of its own, whose expiry policy then holds
     *     unless a setting names the cache; otherwise the default template applies
     * @throws javax.cache.CacheException if a setting is wrong; names key, value, what is allowed and the nearest name
     */
    default CacheSettings cache(String name, boolean declaredInCode) {
        return configured(name, declaredInCode).settings();
    }

    /**
     * Returns the same with what is shown of it.
     *
     * @throws javax.cache.CacheException likewise
     */
    ConfiguredCache configured(String name, boolean declaredInCode);

    /**
     * Returns the settings of a cache whose configuration in code sets some itself. They count after those that name the cache,
     * and before those of the manager.
     *
     * @param inCode what is set there, by the names of the settings
     * @throws javax.cache.CacheException if one is wrong; names setter, value and what is allowed
     */
    ConfiguredCache configured(String name, Map<String, String> inCode);
}
