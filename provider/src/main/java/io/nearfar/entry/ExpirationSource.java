package io.nearfar.entry;

/** A store that knows when an entry of it is found to be past its expiration. */
public interface ExpirationSource<K, V> {
    /** Has {@code listener} told of every expired entry that this store finds and drops, each once. */
    void tellExpirations(Listener<K, V> listener);

    /** Told of expired entries, after they are gone. What it throws reaches whoever found the entry. */
    @FunctionalInterface
    interface Listener<K, V> {
        /**
         * An entry was found expired and dropped.
         *
         * @param key its key, not to be changed
         * @param entry what had been there
         * @param byCaller whether a caller's operation found it, in the caller's thread; otherwise it was found in
         *     passing by a thread that must not be held up
         */
        void expired(K key, Entry<V> entry, boolean byCaller);
    }
}
