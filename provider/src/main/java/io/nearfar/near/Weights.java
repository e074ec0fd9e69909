package io.nearfar.near;

import com.github.benmanes.caffeine.cache.Cache;
import io.nearfar.observe.CacheSignals;

/** Shows how many bytes a bounded map holds, by its own estimate. */
final class Weights {
    private Weights() {}

    /** Returns {@code held}, whose bytes are among the meters of a cache from now on if it is bounded by them. */
    static <C extends Cache<?, ?>> C shown(C held, CacheSignals signals) {
        held.policy()
                .eviction()
                .filter(bound -> bound.isWeighted())
                .ifPresent(bound -> signals.weigh(() -> bound.weightedSize().orElse(0)));
        return held;
    }
}
