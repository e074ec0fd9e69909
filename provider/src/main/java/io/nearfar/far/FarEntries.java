package io.nearfar.far;

import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Extension;
import java.util.Map;
import java.util.function.Consumer;

/** The far entries of one cache, with what only a far tier is asked. */
public interface FarEntries<K, V> extends EntryStore<K, V> {
    /**
     * Lets many entries live longer, each unless its key has changed since it was read or it lives that long already.
     * Nobody else is told: no copy becomes untrue.
     *
     * @param gone is told of the keys that no longer hold what was read
     * @throws io.nearfar.FarTierUnavailableException if a server does not answer; entries on other servers live longer
     */
    void extendAll(Map<K, Extension> extensions, Consumer<? super K> gone);
}
