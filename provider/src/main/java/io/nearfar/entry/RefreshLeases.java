package io.nearfar.entry;

/** Who may load an entry again while it goes on being served: one at a time, over all that share the entries. */
@FunctionalInterface
public interface RefreshLeases<K> {
    /** Somebody else may, or the entry is not there any more; no stamp is this. */
    long REFUSED = 0;

    /**
     * Asks for the right to load an entry again. It ends by itself, and it is a right over one write: whatever takes the place
     * of the entry can be loaded again by whoever asks first.
     *
     * @param seen the version of the entry
     * @param token tells who asks from others; whoever has the right and asks again prolongs it
     * @param millis for how long
     * @return a stamp above all that had happened to the key and its tags when the right was asked for, or {@link #REFUSED}
     * @throws io.nearfar.FarTierUnavailableException if the far tier does not answer
     */
    long ask(K key, Version seen, long token, long millis);
}
