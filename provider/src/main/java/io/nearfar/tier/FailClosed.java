package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Reply;
import io.nearfar.key.Glob;
import java.util.BitSet;
import java.util.Collection;
import java.util.function.Predicate;

/** Every operation that needs the far tier throws. */
final class FailClosed<K, V> implements OutageAnswers<K, V> {
    @Override
    public Answer<V> read(K key, Freshness freshness, FarTierUnavailableException why) {
        throw why;
    }

    @Override
    public boolean isAnswered(K key, Change<V> change) {
        return false;
    }

    @Override
    public Reply<V> change(K key, Change<V> change, FarTierUnavailableException why) {
        throw why;
    }

    @Override
    public boolean touch(K key, Entry<V> seen, long millis, FarTierUnavailableException why) {
        throw why;
    }

    @Override
    public Lease<V> lease(K key, long millis, FarTierUnavailableException why) {
        throw why;
    }

    @Override
    public void invalidateTags(
            Collection<String> tags, Ending ending, BitSet partitions, FarTierUnavailableException why) {
        throw why;
    }

    @Override
    public void invalidatePattern(
            Glob pattern, BitSet partitions, Predicate<K> matches, FarTierUnavailableException why) {
        throw why;
    }

    @Override
    public void clear(BitSet partitions, FarTierUnavailableException why) {
        throw why;
    }
}
