package io.nearfar.tier;

import io.nearfar.entry.Change;
import io.nearfar.entry.Version;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A key that the far tier has yet to be told of. Changed only while the {@link DirtySet} holds the key. */
final class DirtyKey<V> {
    final int partition;

    /** The far entry that was known before, or null if it is not known what is there. */
    volatile @Nullable Version base;

    /**
     * From which stamp on an invalidation counts as later than what the key was told: that of the far entry that was known
     * before the first. What work has left in the far tier since then was not known when the key was told more.
     */
    final long since;

    /** What the key was last told; null if that is done with, but somebody is still at work on the key. */
    volatile @Nullable Noted<V> latest;

    /** Completes when whoever tells the far tier just now has ended; null if nobody does. */
    volatile @Nullable CompletableFuture<Void> work;

    DirtyKey(int partition, @Nullable Version base) {
        this.partition = partition;
        this.base = base;
        this.since = base == null ? Change.EVER : base.stamp();
    }
}
