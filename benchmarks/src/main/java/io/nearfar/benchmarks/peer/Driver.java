package io.nearfar.benchmarks.peer;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One peer, opened: a cache of texts to values of one kind. */
public interface Driver extends AutoCloseable {
    /** Returns the value under the key, or null if there is none. */
    @Nullable
    Object get(String key);

    /** Sets the value under the key. */
    void put(String key, Object value);

    /** Returns the values that are there; what is missing is left out or null. */
    Map<String, ?> getAll(Set<String> keys);

    /** Adds one to the number under the key, atomically where the peer can, and returns the sum. */
    long increment(String key);

    /** Frees connections and threads. */
    @Override
    void close();
}
