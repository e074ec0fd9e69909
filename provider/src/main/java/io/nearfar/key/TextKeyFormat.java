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
        if (scalar != null) {
            return new KeyText(scalar, null);
        }
        List<? extends @Nullable Object> parts = objects.parts(key);
        String readable = parts == null ? ofList(key) : ReadableText.ofParts('(', parts, ')');
        if (readable == null) {
            return new KeyText(ShortText.of(key, parts, objects.canonical(key)), objects.encode(key));
        }
        return new KeyText(readable, parts == null ? null : objects.encode(key));
    }

    @Override
    @SuppressWarnings("unchecked") // seen to be of the declared type
    public @Nullable K key(KeyText text) {
        Object key = text.bytes() == null ? fromText(text.text()) : objects.decode(text.bytes());
        return declared.isInstance(key) ? (K) key : null;
    }

    @Override
    @SuppressWarnings("unchecked") // a copy has its original's type
    public K keep(K key) {
        return Scalars.of(key.getClass()) != null ? key : (K) objects.copy(key);
    }

    private static @Nullable Object fromText(String text) {
        List<?> list = ReadableText.parts('[', text, ']');
        return list == null ? ReadableText.scalar(text) : list;
    }

    /** Lists of the JDK are equal if their elements are, whatever their class. */
    private static @Nullable String ofList(Object key) {
        boolean plain = key instanceof List<?> && key.getClass().getName().startsWith("java.util.");
        return plain ? ReadableText.ofParts('[', (List<?>) key, ']') : null;
    }
}
