package io.nearfar.tier;

import io.nearfar.near.NearTier;
import io.nearfar.tier.FallbackRows.Found;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of near entries that the fallback store has shown to be out of date: when its rows are gone, or it no longer
 * answers, nothing older than what this node has shown is to come back.
 */
final class Overtaken<K> {
    private final @Nullable NearTier<K, ?> near;
    private final ConcurrentHashMap<Integer, Long> clears = new ConcurrentHashMap<>();
    private final ToIntFunction<K> partitionOf;

    Overtaken(@Nullable NearTier<K, ?> near, ToIntFunction<K> partitionOf) {
        this.near = near;
        this.partitionOf = partitionOf;
    }

    /** The table has said that of a key. */
    void by(K key, Found<?> found) {
        if (near == null) {
            return;
        }
        if (found.row() != null) {
            near.drop(key);
        }
        if (found.clear() != OutageRow.NONE) {
            Long before = clears.put(partitionOf.applyAsInt(key), found.clear());
            if (before == null || before != found.clear()) {
                near.beginEpoch(partitionOf.applyAsInt(key));
            }
        }
    }
}
