package io.nearfar.spi;

import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import org.jspecify.annotations.Nullable;

/** The keys of a cache that stores by reference: kept as they are; their text is only for rules to look at. */
final class KeysByReference<K> implements KeyFormat<K> {
    @Override
    public KeyText text(K key) {
        return new KeyText(key.toString(), null);
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
