package io.nearfar.tier;

import io.nearfar.EntryExplanation;
import io.nearfar.entry.AsyncEntryStore;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.RemoteChanges;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tiers of one cache, opened.
 *
 * @param store holds the entries
 * @param async asks the store without a thread that waits; null if it answers at once
 * @param remote tells what other nodes do; null if there are none
 * @param loads loads what is missing
 * @param refreshes loads again what comes to its end
 * @param nearSize tells how many entries the near tier holds
 * @param sinceVerified tells how many nanoseconds ago the near tier was last known to agree with the far tier, in all its
 *     partitions; negative if there is no near tier over a far one
 * @param explanations tell what is known of the entry of a key, and why it is answered or not
 * @param terms is told on what terms the cache was opened, so that other nodes can compare
 * @param detach takes the cache out of what its manager's caches share
 */
public record TieredCache<K, V>(
        EntryStore<K, V> store,
        @Nullable AsyncEntryStore<K, V> async,
        @Nullable RemoteChanges<K, V> remote,
        LoadCoordinator<K, V> loads,
        Refreshes<K, V> refreshes,
        LongSupplier nearSize,
        LongSupplier sinceVerified,
        Function<K, EntryExplanation> explanations,
        Consumer<Terms> terms,
        Runnable detach)
        implements AutoCloseable {

    /** Frees what the cache holds in this process; far entries stay. */
    @Override
    public void close() {
        detach.run();
        store.close();
    }
}
