package io.nearfar.jcache;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.ConfiguredCache;
import io.nearfar.entry.ValueFormat;
import io.nearfar.observe.CacheSignals;
import io.nearfar.tier.TieredCache;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What lies behind the front desk of one cache.
 *
 * @param configured its settings
 * @param tiers its tiers
 * @param values how its values are kept
 * @param keys gives a key as it may be kept
 * @param limit what its loads are charged to
 * @param signals what its tiers count, and the desk goes on counting
 * @param fallback the table in which its entries live during an outage, or null
 * @param texts gives the text of a key, by which rules know it, or null if it has none
 * @param readable gives what a person reads in a key, or null if its text does not show it in full
 * @param live gives its settings with what they say now of how long entries live; the same object until they are read
 *     again
 * @param versions opens the tiers of the same cache in another version, with its settings, keys and values
 */
public record Opened<K, V>(
        ConfiguredCache configured,
        TieredCache<K, V> tiers,
        ValueFormat<V> values,
        UnaryOperator<K> keys,
        LoadLimit limit,
        CacheSignals signals,
        @Nullable String fallback,
        Function<K, @Nullable String> texts,
        Function<K, @Nullable String> readable,
        Supplier<ConfiguredCache> live,
        IntFunction<Opened<K, V>> versions) {

    /** Returns the settings that hold; how long entries live as it was when the cache was opened. */
    CacheSettings settings() {
        return configured.settings();
    }
}
