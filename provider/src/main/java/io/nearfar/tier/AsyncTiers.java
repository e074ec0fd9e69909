package io.nearfar.tier;

import io.nearfar.entry.AsyncEntryStore;
import io.nearfar.entry.Change;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.entry.Reply;
import io.nearfar.far.Awaiting;
import io.nearfar.near.NearTier;
import io.nearfar.observe.CacheSignals;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of {@link TieredStore} without a thread that waits: register a fill, ask the far tier, and let the near tier keep
 * what the fill still allows when the answer comes, by whatever thread; only then does the stage complete. What the store says by
 * a thread that waits is asked of the store.
 */
final class AsyncTiers<K, V> implements AsyncEntryStore<K, V> {
    private final NearTier<K, V> near;
    private final TieredStore<K, V> store;
    private final AsyncOutage<K, V> far;
    private final Fills<K, V> fills;
    private final Touches<K> touches;
    private final CacheSignals signals;
    private final Awaiting awaiting;

    AsyncTiers(
            NearTier<K, V> near,
            TieredStore<K, V> store,
            Fills<K, V> fills,
            Touches<K> touches,
            CacheSignals signals,
            Awaiting awaiting) {
        this.near = near;
        this.store = store;
        this.far = store.below().async(awaiting);
        this.fills = fills;
        this.touches = touches;
        this.signals = signals;
        this.awaiting = awaiting;
    }

    @Override
    public CompletableFuture<@Nullable Entry<V>> lookup(K key) {
        long start = signals.isObserved() ? System.nanoTime() : 0;
        Entry<V> entry = near.get(key);
        if (entry == null) {
            return awaiting.orInThread(fills.readingLater(key, () -> far.answerTo(key)), () -> store.lookup(key));
        }
        signals.nearHit(start == 0 ? 0 : System.nanoTime() - start);
        return CompletableFuture.completedFuture(entry);
    }

    @Override
    public CompletableFuture<@Nullable Entry<V>> read(K key, Freshness freshness) {
        Entry<V> entry = freshness == Freshness.NEAR ? near.get(key) : null;
        return entry == null
                ? awaiting.orInThread(
                        fills.readingLater(key, () -> far.answer(key, freshness)), () -> store.read(key, freshness))
                : CompletableFuture.completedFuture(entry);
    }

    @Override
    public CompletableFuture<Reply<V>> apply(K key, Change<V> change) {
        boolean waits = TieredStore.keepsEnd(change) && !touches.isQuiet(key);
        return awaiting.orInThread(
                waits ? NeedsThreadException.failed() : fills.writingLater(key, () -> far.outcome(key, change)),
                () -> store.apply(key, change));
    }
}
