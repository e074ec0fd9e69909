package io.nearfar.entry;

import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What other nodes do to the entries of one cache, and which of its entries have ended. It is sent here, and found out, only while
 * somebody wants to know.
 */
public interface RemoteChanges<K, V> extends ExpirationSource<K, V> {
    /**
     * Has changes told to {@code ear} that other nodes make from about now on: as soon as they have heard that somebody listens.
     * Called again, it takes the place of what was asked before. Waits for nobody.
     *
     * @param oldValues whether what was there before is to be told, too
     * @param expired whether entries are to be told that others meet after their end
     */
    void hear(boolean oldValues, boolean expired, Ear<K, V> ear);

    /** Ends that. */
    void unhear();

    /**
     * Returns the highest stamp that a change of the key can have that is already made, as well as this node knows the server's
     * time; 0 if it does not know it. It may be ahead of the truth, never behind, but where the server's clock was put back. Asks
     * nobody.
     */
    long latestStamp(K key);

    /**
     * Has entries that this node meets after their end told to the listener of {@link #tellExpirations}, each once over all nodes,
     * until {@link #forgoExpired}. Those that are written while nobody wants to know are gone at their end.
     *
     * @param readers run what reads an entry whose time is over, where the servers say so; may drop it
     */
    void awaitExpired(Executor readers);

    /** Ends that. */
    void forgoExpired();

    /** Is told of changes in the order in which they were made, by a thread that must not be held up. */
    @FunctionalInterface
    interface Ear<K, V> {
        /**
         * A change was made, or may have been.
         *
         * @param bytes how long the message is that told of it
         * @param change decodes it; null if its key or its value cannot be decoded here or was too long to be sent, and once for
         *     all that were missed while connections were made anew, or since others had forgotten that somebody listens here
         */
        void heard(int bytes, Supplier<@Nullable RemoteChange<K, V>> change);
    }
}
