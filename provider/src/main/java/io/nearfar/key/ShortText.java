package io.nearfar.key;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text of a key that cannot be shown in full: {@code ~#}, a head for the reader, {@code #}, the fingerprint. */
final class ShortText {
    private static final int HEAD = 60;

    private final StringBuilder head = new StringBuilder();

    private ShortText() {}

    /**
     * Returns the text.
     *
     * @param shown the key, or the parts that it is made of
     * @param canonical what tells the key from all others
     */
    static String of(Object shown, byte[] canonical) {
        ShortText text = new ShortText();
        text.add(shown);
        return "" + ReadableText.TYPED + ReadableText.SHORTENED + text.head + "#" + Fingerprint.of(canonical);
    }

    /** Shows standard values, alone or in lists; of others the class alone, for their text may be long or secret. */
    private void add(@Nullable Object part) {
        Marked marked = Marked.of(part);
        if (part instanceof Enum<?> constant) {
            append(constant.name());
        } else if (marked != null) {
            append(marked.payload());
        } else if (part instanceof String text) {
            append(text);
        } else if (part instanceof List<?> list) {
            addAll(list);
        } else if (part != null && part.getClass().isArray()) {
            addArray(part);
        } else if (part != null) {
            append(kind(part));
        }
    }

    /** The same word for equal objects: sets, maps and entries are equal whatever their class and order. */
    private static String kind(Object part) {
        if (part instanceof Set<?>) {
            return "Set";
        }
        if (part instanceof Map<?, ?>) {
            return "Map";
        }
        return part instanceof Map.Entry<?, ?> ? "Entry" : part.getClass().getSimpleName();
    }

    private void addAll(List<?> list) {
        for (Object element : list) {
            if (head.length() >= HEAD) {
                return;
            }
            add(element);
            append(":");
        }
    }

    private void addArray(Object array) {
        for (int i = 0; i < Array.getLength(array) && head.length() < HEAD; i++) {
            add(Array.get(array, i));
            append(":");
        }
    }

    private void append(String text) {
        for (int i = 0; i < text.length() && head.length() < HEAD; i++) {
            boolean plain = Escapes.isPlain(text, i) && !Character.isSurrogate(text.charAt(i));
            head.append(plain ? text.charAt(i) : '_');
        }
    }
}
