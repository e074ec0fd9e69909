package io.nearfar.tier;

import io.nearfar.EntryExplanation;
import io.nearfar.EntryExplanation.NearCopy;
import io.nearfar.EntryExplanation.NearState;
import io.nearfar.Tier;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.ServerClock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what is known of the entries of a cache without a far tier. */
final class LocalExplanations<K, V> implements Function<K, EntryExplanation> {
    private final EntryStore<K, V> store;
    private final ServerClock clock;

    LocalExplanations(EntryStore<K, V> store, ServerClock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public EntryExplanation apply(K key) {
        Entry<V> live = store.read(key, Freshness.NEAR);
        if (live != null) {
            return told(Tier.NEAR, NearState.SERVED, "it is there", live);
        }
        Entry<V> kept = store.kept(key);
        return kept == null
                ? told(null, NearState.ABSENT, "nothing is there: never written, removed, expired or evicted", null)
                : told(null, NearState.EXPIRED, "its time is over; it is kept for loads that fail", kept);
    }

    private EntryExplanation told(@Nullable Tier answers, NearState state, String why, @Nullable Entry<V> entry) {
        NearCopy near = new NearCopy(
                state, why, entry == null ? null : Explanations.written(entry, clock.micros()), null, null);
        return new EntryExplanation(answers, (answers == null ? "a miss: " : "answered near: ") + why, near, null);
    }
}
