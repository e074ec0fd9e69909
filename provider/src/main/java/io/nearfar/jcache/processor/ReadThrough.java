package io.nearfar.jcache.processor;

import io.nearfar.entry.Entry;
import org.jspecify.annotations.Nullable;

/** Loads the entry that a processor asks for and that is missing. */
@FunctionalInterface
public interface ReadThrough<V> {
    /** The cache does not read through. */
    static <V> ReadThrough<V> none() {
        return () -> new Found<>(null, null, true);
    }

    /** Returns what the loader has. */
    Found<V> load();

    /**
     * What a load found.
     *
     * @param entry the entry that the cache now holds, or null
     * @param value the value for this processor, or null if there is none
     * @param settled false if the cache did not take the value although it should: something touched the key meanwhile,
     *     so that a processor that goes on to write must begin again
     */
    record Found<V>(@Nullable Entry<V> entry, io.nearfar.entry.@Nullable Value<V> value, boolean settled) {}
}
