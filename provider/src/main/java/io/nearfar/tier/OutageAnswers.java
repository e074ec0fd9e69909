package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import java.util.BitSet;

/**
 * What each operation answers while the far tier does not. Every method is told why that is so, and throws it if it has
 * no answer.
 */
interface OutageAnswers<K, V> {
    /** Answers a read. */
    Answer<V> read(K key, Freshness freshness, FarTierUnavailableException why);

    /** Tells whether {@link #change} has an answer. */
    boolean isAnswered(K key, Change<V> change);

    /** Answers a change. */
    Reply<V> change(K key, Change<V> change, FarTierUnavailableException why);

    /** Answers an access that gives an entry another lifetime; tells whether it has it. */
    boolean touch(K key, Entry<V> seen, long millis, FarTierUnavailableException why);

    /** Answers a request for the load lease. */
    Lease<V> lease(K key, long millis, FarTierUnavailableException why);

    /** Answers the giving back of a load lease. */
    void release(K key, Version granted, FarTierUnavailableException why);

    /** Answers a clear that could not be made in these partitions. */
    void clear(BitSet partitions, FarTierUnavailableException why);
}
