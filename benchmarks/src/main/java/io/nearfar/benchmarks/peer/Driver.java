package io.nearfar.benchmarks.peer;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One peer, opened: a cache of texts to values of one kind. Several threads may ask it. */
public interface Driver extends AutoCloseable {
    /** Returns the value under the key, or null if there is none. */
    @Nullable
    Object get(String key);

    /** Sets the value under the key. */
    void put(String key, Object value);

    /** Returns the values that are there; what is missing is left out or null. */
    Map<String, ?> getAll(Set<String> keys);

    /** Sets all those values. */
    void putAll(Map<String, Object> values);

    /**
     * Adds one to the number under the key, atomically where the peer can, and returns the sum.
     *
     * @throws UnsupportedOperationException if the peer has nothing of the kind
     */
    long increment(String key);

    /**
     * Removes all entries at once.
     *
     * @throws UnsupportedOperationException if it is not measured of this peer
     */
    default void clear() {
        throw new UnsupportedOperationException("a clear is not measured of this peer");
    }

    /** Frees connections and threads. */
    @Override
    void close();
}
