package io.nearfar.far;

import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import org.jspecify.annotations.Nullable;

/** For who knows the keys of a cache by their texts alone, as they stand in the far tier. */
final class TextsAsKeys implements KeyFormat<KeyText> {
    @Override
    public KeyText text(KeyText key) {
        return key;
    }

    /** A visit follows no rules. */
    @Override
    public @Nullable String shown(KeyText key) {
        return null;
    }

    @Override
    public KeyText key(KeyText text) {
        return text;
    }

    @Override
    public KeyText keep(KeyText key) {
        return key;
    }
}
