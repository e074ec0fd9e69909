package io.nearfar.key;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts that show a key in full. A string stands as it is; {@code ~i:42} is the Integer 42; {@code ~(is):42:30d} a key
 * made of the parts 42 and "30d"; {@code ~[is]:42:30d} a list of them. Whatever begins with a tilde is none of the first
 * kind.
 */
final class ReadableText {
    /** First character of every text that is not a string as it is. */
    static final String TYPED = "~";
    /** Longer texts are shortened. */
    static final int LONGEST = 200;

    private static final char SEPARATOR = ':';
    private static final int MOST_PARTS = 50;
    private static final int WIDEST_NUMBER = 600;

    private ReadableText() {}

    /** Returns the text of a standard value, or null if it has none or it is too long. */
    static @Nullable String ofScalar(Object key) {
        if (key instanceof String text && isAsItIs(text)) {
            return text;
        }
        Scalar<?> scalar = isShort(key) ? Scalars.of(key.getClass()) : null;
        return scalar == null ? null : short_(TYPED + scalar.mark() + SEPARATOR + payload(scalar, key));
    }

    /** Returns the text of parts between the brackets, or null if one of them is no standard value, or it is too long. */
    static @Nullable String ofParts(char open, List<? extends @Nullable Object> parts, char close) {
        if (parts.size() > MOST_PARTS) {
            return null;
        }
        StringBuilder marks = new StringBuilder();
        StringBuilder payloads = new StringBuilder();
        for (Object part : parts) {
            Scalar<?> scalar = part == null || !isShort(part) ? null : Scalars.of(part.getClass());
            if (part != null && scalar == null) {
                return null;
            }
            marks.append(scalar == null ? Scalars.NULL : scalar.mark());
            payloads.append(SEPARATOR).append(scalar == null || part == null ? "null" : payload(scalar, part));
        }
        return short_(TYPED + open + marks + close + payloads);
    }

    /** Returns the value of a text that {@link #ofScalar} made, or null. */
    static @Nullable Object scalar(String text) {
        if (!text.startsWith(TYPED)) {
            return text;
        }
        boolean whole = text.length() > 2 && text.charAt(2) == SEPARATOR;
        return whole ? value(text.charAt(1), text.substring(3)) : null;
    }

    /** Returns the elements of a text that {@link #ofParts} made with these brackets, or null. */
    static @Nullable List<@Nullable Object> parts(char open, String text, char close) {
        int end = text.indexOf(close);
        if (!text.startsWith(TYPED + open) || end < 0) {
            return null;
        }
        String marks = text.substring(2, end);
        String[] payloads = text.substring(end + 1).split(String.valueOf(SEPARATOR), -1);
        if (payloads.length != marks.length() + 1 || !payloads[0].isEmpty()) {
            return null;
        }
        List<@Nullable Object> parts = new ArrayList<>();
        for (int i = 0; i < marks.length(); i++) {
            Object part = marks.charAt(i) == Scalars.NULL ? null : value(marks.charAt(i), payloads[i + 1]);
            if (part == null && marks.charAt(i) != Scalars.NULL) {
                return null;
            }
            parts.add(part);
        }
        return Collections.unmodifiableList(parts);
    }

    private static boolean isAsItIs(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && !text.startsWith(TYPED) && Escapes.isPlain(text);
    }

    /** Keeps values out whose text would take long to make, or would not be read back. */
    private static boolean isShort(Object value) {
        if (value instanceof java.math.BigDecimal decimal) {
            return decimal.unscaledValue().bitLength() < WIDEST_NUMBER && Math.abs((long) decimal.scale()) < 1_000_000;
        }
        if (value instanceof java.math.BigInteger integer) {
            return integer.bitLength() < WIDEST_NUMBER;
        }
        return !(value instanceof String text) || text.length() <= LONGEST;
    }

    private static @Nullable String short_(String text) {
        return text.length() <= LONGEST ? text : null;
    }

    private static String payload(Scalar<?> scalar, Object value) {
        return Escapes.escape(scalar.write(value), SEPARATOR);
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
