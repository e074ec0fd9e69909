package io.nearfar.tier;

import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.key.KeyFormat;
import io.nearfar.near.NearTier;
import io.nearfar.tier.FallbackRows.Found;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the fallback store says with what this node has seen of the far tier. Near entries that the store has shown
 * to be out of date are let go of: when its rows are gone, or it no longer answers, nothing older than what this node has
 * shown is to come back. And a row whose base the far tier no longer has is not believed.
 */
final class Overtaken<K> {
    private final @Nullable NearTier<K, ?> near;
    private final ConcurrentHashMap<Integer, Long> clears = new ConcurrentHashMap<>();
    private final KeyFormat<K> keys;
    private final ToIntFunction<K> partitionOf;

    Overtaken(@Nullable NearTier<K, ?> near, KeyFormat<K> keys, ToIntFunction<K> partitionOf) {
        this.near = near;
        this.keys = keys;
        this.partitionOf = partitionOf;
    }

    /** The table has said that of a key. */
    void by(K key, Found<?> found) {
        if (near == null) {
            return;
        }
        if (found.row() != null) {
            near.overtaken(key, keys.text(key).text());
        }
        if (found.clear() != OutageRow.NONE) {
            Long before = clears.put(partitionOf.applyAsInt(key), found.clear());
            if (before == null || before != found.clear()) {
                near.beginEpoch(partitionOf.applyAsInt(key));
            }
        }
    }

    /** The far tier is back: until the rows of the partition are settled, nothing of before is served without asking. */
    void returned(int partition) {
        if (near != null) {
            near.beginEpoch(partition);
        }
    }

    /**
     * Returns a later write of the far tier, clear, or invalidation of one of the entry's tags, than the write over which a
     * row's entry was put; null if none is known.
     */
    @Nullable
    Version laterThanBase(RowContent content, K key, int partition) {
        Version base = content.base();
        Envelope entry = content.entry();
        return near == null || base == null || entry == null
                ? null
                : near.laterThan(base, key, partition, entry.attributes().tags(), content.since());
    }
}
