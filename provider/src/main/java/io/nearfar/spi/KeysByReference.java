package io.nearfar.spi;

import io.nearfar.ReadableKey;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyFormats;
import io.nearfar.key.KeyText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of a cache that stores by reference: kept as they are, and never written anywhere. Rules and patterns know them as elsewhere. */
final class KeysByReference<K> implements KeyFormat<K> {
    @Override
    public KeyText text(K key) {
        throw new UnsupportedOperationException(
                "A cache that stores by reference has no far tier; key " + key + " needs no text");
    }

    @Override
    public @Nullable String shown(K key) {
        return KeyFormats.shown(key, parts(key));
    }

    @Override
    public @Nullable String whole(K key) {
        return KeyFormats.whole(key, parts(key));
    }

    private static @Nullable List<? extends @Nullable Object> parts(Object key) {
        return key instanceof ReadableKey readable ? readable.keyParts() : null;
    }

    @Override
    public @Nullable K key(KeyText text) {
        throw new UnsupportedOperationException(
                "A cache that stores by reference has no far tier; the text " + text.text() + " comes from elsewhere");
    }

    @Override
    public K keep(K key) {
        return key;
    }
}
