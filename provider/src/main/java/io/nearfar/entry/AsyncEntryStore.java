package io.nearfar.entry;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of an {@link EntryStore} for which no thread is to wait. Each method is that of the store, with the same
 * answers and the same failures, which come out of its stage; none throws. What is known in the process is answered at once; other
 * stages complete in threads that must not be kept, within the time that the store's own method would take.
 *
 * <p>Keys must not change until their stage has completed.
 */
public interface AsyncEntryStore<K, V> {
    /** Like {@link EntryStore#lookup}. */
    CompletableFuture<@Nullable Entry<V>> lookup(K key);

    /** Like {@link EntryStore#read}. */
    CompletableFuture<@Nullable Entry<V>> read(K key, Freshness freshness);

    /** Like {@link EntryStore#apply}. */
    CompletableFuture<Reply<V>> apply(K key, Change<V> change);
}
