package io.nearfar.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Readable texts in full where a key has one, else a readable head and a fingerprint. */
final class TextKeyFormat<K> implements KeyFormat<K> {
    private final Class<?> declared;
    private final ObjectKeys objects;

    TextKeyFormat(Class<?> declared, ObjectKeys objects) {
        this.declared = declared;
        this.objects = objects;
    }

    @Override
    public KeyText text(K key) {
        String scalar = ReadableText.ofScalar(key);
        if (scalar != null && !(key instanceof Enum<?>)) {
            return new KeyText(scalar, null);
        }
        return new KeyText(scalar != null ? scalar : composite(key), objects.encode(key));
    }

    private String composite(K key) {
        List<? extends @Nullable Object> parts = objects.parts(key);
        String readable = ReadableText.ofComposite(key, parts);
        return readable != null ? readable : ShortText.of(parts == null ? key : parts, objects.canonical(key));
    }

    @Override
    public @Nullable String shown(K key) {
        return KeyFormats.shown(key, objects.parts(key));
    }

    @Override
    @SuppressWarnings("unchecked") // seen to be of the declared type
    public @Nullable K key(KeyText text) {
        byte[] bytes = text.bytes();
        Object key = bytes == null ? ReadableText.scalar(text.text()) : objects.decode(bytes);
        return declared.isInstance(key) ? (K) key : null;
    }

    @Override
    @SuppressWarnings("unchecked") // a copy has its original's type
    public K keep(K key) {
        return Scalars.of(key.getClass()) != null ? key : (K) objects.copy(key);
    }
}
