package io.nearfar.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts that show a key in full. A string stands as it is; {@code ~i:42} is the Integer 42; {@code ~(is):42:30d} a key
 * made of the parts 42 and "30d"; {@code ~[is]:42:30d} a list of them. Whatever begins with a tilde is none of the first
 * kind.
 */
final class ReadableText {
    /** First character of every text that is not a string as it is. */
    static final char TYPED = '~';
    /** Second character of a text that is shortened. */
    static final char SHORTENED = '#';
    /** Longer texts are shortened. */
    static final int LONGEST = 200;

    private static final char SEPARATOR = ':';
    private static final int MOST_PARTS = 50;

    private ReadableText() {}

    /** Returns the text of a standard value, or null if it has none or it is too long. */
    static @Nullable String ofScalar(Object key) {
        if (key instanceof String text && isAsItIs(text)) {
            return text;
        }
        Marked marked = Marked.of(key);
        return marked == null ? null : limited("" + TYPED + marked.mark() + SEPARATOR + escaped(marked));
    }

    /**
     * Returns the text of a key that is a list or made of parts, or null if it is neither, or that does not show it in full.
     * Lists are equal if their elements are, whatever their class.
     *
     * @param parts what the key is made of, or null
     */
    static @Nullable String ofComposite(Object key, @Nullable List<? extends @Nullable Object> parts) {
        if (parts != null) {
            return ofParts('(', parts, ')');
        }
        return key instanceof List<?> list ? ofParts('[', list, ']') : null;
    }

    /** Returns the text of parts between brackets, or null if one of them is no standard value, or it is too long. */
    static @Nullable String ofParts(char open, List<? extends @Nullable Object> parts, char close) {
        if (parts.size() > MOST_PARTS) {
            return null;
        }
        StringBuilder marks = new StringBuilder();
        StringBuilder payloads = new StringBuilder();
        for (Object part : parts) {
            Marked marked = Marked.of(part);
            if (marked == null) {
                return null;
            }
            marks.append(marked.mark());
            payloads.append(SEPARATOR).append(escaped(marked));
        }
        return limited("" + TYPED + open + marks + close + payloads);
    }

    /** Returns the value of a text that {@link #ofScalar} made, or null if it is none or does not give it back. */
    static @Nullable Object scalar(String text) {
        if (text.isEmpty() || text.charAt(0) != TYPED) {
            return text;
        }
        boolean whole = text.length() > 2 && text.charAt(2) == SEPARATOR;
        return whole ? value(text.charAt(1), text.substring(3)) : null;
    }

    /**
     * Returns what a person reads in the text of a key: the value, or the parts with colons between; null if the text is
     * shortened, or none of these.
     */
    static @Nullable String readable(String text) {
        if (text.isEmpty() || text.charAt(0) != TYPED) {
            return text;
        }
        int separator = text.indexOf(SEPARATOR);
        if (separator > 0 && text.charAt(1) != SHORTENED) {
            return Escapes.unescape(text.substring(separator + 1));
        }
        return isWithoutParts(text) ? "" : null;
    }

    private static boolean isWithoutParts(String text) {
        return text.equals("~()") || text.equals("~[]");
    }

    private static boolean isAsItIs(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.charAt(0) != TYPED && Escapes.isPlain(text);
    }

    private static @Nullable String limited(String text) {
        return text.length() <= LONGEST ? text : null;
    }

    private static String escaped(Marked marked) {
        return Escapes.escape(marked.payload(), SEPARATOR);
    }

    private static @Nullable Object value(char mark, String payload) {
        Scalar<?> scalar = Scalars.of(mark);
        String text = Escapes.unescape(payload);
        try {
            return scalar == null || text == null ? null : scalar.reader().apply(text);
        } catch (RuntimeException notOfThatType) {
            return null;
        }
    }
}
