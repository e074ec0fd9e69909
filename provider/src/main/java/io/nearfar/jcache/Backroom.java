package io.nearfar.jcache;

import io.nearfar.CacheHealth;
import io.nearfar.HttpSettings;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.Meter;
import io.nearfar.MetricsSettings;
import io.nearfar.RateLimiter;
import io.nearfar.StatusSettings;
import io.nearfar.WarmingPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the tiers of a manager's caches; the wiring does it, so that the front desk need not know how. */
public interface Backroom extends AutoCloseable {
    /**
     * Opens the tiers of one cache.
     *
     * @throws UnsupportedOperationException if the configuration asks for what these tiers cannot do
     * @throws javax.cache.CacheException if a setting is wrong or the far tier cannot be used
     */
    <K, V> Opened<K, V> open(CacheRequest<K, V> request);

    /**
     * Opens what the manager's caches share, if it is not open yet.
     *
     * @throws javax.cache.CacheException if the far tier cannot be used
     */
    void connect();

    /** Returns the invalidations that settings declare. */
    default List<InvalidationDeclaration> invalidations() {
        return List.of();
    }

    /** Returns the plan of a warming that settings put in the place of one in code, or null if they switch it off. */
    default @Nullable WarmingPlan warming(WarmingPlan plan) {
        return plan;
    }

    /**
     * Returns the far entries of a cache that is not open in this manager, for who wants some of them to end, or null if it has no
     * far tier.
     *
     * @throws javax.cache.CacheException if a setting is wrong or the far tier cannot be used
     */
    default @Nullable Unopened unopened(String cache) {
        return null;
    }

    /**
     * Returns the rate limiter, and opens it if it is not open yet. Safe for use by several threads.
     *
     * @throws IllegalStateException if this is closed
     * @throws javax.cache.CacheException if the server where requests are counted cannot be used
     */
    RateLimiter limiter();

    /** Returns what the settings say of requests over HTTP; never waits. */
    HttpSettings http();

    /** Returns what the settings say of what tells how caches are; never waits. */
    default StatusSettings status() {
        return StatusSettings.STANDARD;
    }

    /**
     * Returns how the far tier is. Opens nothing, waits for nobody who does, and takes as long as a read may at most. Where there
     * is no far tier, it says so.
     */
    default CacheHealth health() {
        return CacheHealth.withoutFarTier("near");
    }

    /** Returns the meters of what the manager's caches share, and of its rate limiter, as far as they are open; never waits. */
    default List<Meter> meters() {
        return List.of();
    }

    /** Has {@code changed} run, by whatever thread, when there are more or others of {@link #meters}; it must be quick. */
    default void onNewMeters(Runnable changed) {}

    /** Returns what the settings say of metrics; never waits. */
    default MetricsSettings metrics() {
        return MetricsSettings.OFF;
    }

    /** Frees what the manager's caches share; to be called once they are closed. */
    @Override
    void close();
}
