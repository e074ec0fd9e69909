package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Extension;
import io.nearfar.far.FarEntries;
import io.nearfar.near.Kept;
import io.nearfar.near.NearTier;
import io.nearfar.observe.CacheSignals;
import java.util.Map;
import java.util.function.Consumer;

/** Tells the far tier which entries live longer. Near they live no longer than the far tier could be told. */
record Extender<K, V>(FarEntries<K, V> far, NearTier<K, V> near, CacheSignals signals)
        implements Consumer<Map<K, Extension>> {
    @Override
    public void accept(Map<K, Extension> extensions) {
        try {
            far.extendAll(extensions, key -> letGo(key, extensions));
        } catch (FarTierUnavailableException e) {
            extensions.forEach((key, extension) -> near.shorten(key, extension.version(), extension.known()));
            signals.unavailable(); // whoever sees it sees what came of it
        }
    }

    private void letGo(K key, Map<K, Extension> extensions) {
        Extension extension = extensions.get(key);
        if (extension != null) {
            near.disown(new Kept<>(key, extension.version()));
        }
    }
}
