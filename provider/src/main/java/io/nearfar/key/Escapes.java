package io.nearfar.key;

import org.jspecify.annotations.Nullable;

/**
 * Writes any string with visible, valid characters: control characters, halves of surrogate pairs, the percent sign and
 * one separator become {@code %xx} or {@code %uxxxx}. Different strings stay different.
 */
final class Escapes {
    /** The first control character after the printable ones of ASCII. */
    private static final char DELETE = 0x7f;

    private Escapes() {}

    /** Tells whether the character at {@code index} can stand in a text as it is. */
    static boolean isPlain(String text, int index) {
        char c = text.charAt(index);
        if (c >= ' ' && c < DELETE) {
            return true; // nearly all there are
        }
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return !Character.isISOControl(c);
    }

    /** Tells whether all characters can stand as they are. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text, i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns {@code text} with {@code separator}, percent signs and all that is not plain escaped. */
    static String escape(String text, char separator) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == separator || c == '%' || !isPlain(text, i)) {
                out.append(String.format(c < 0x100 ? "%%%02x" : "%%u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Returns what was escaped, or null if the text cannot have come from {@link #escape}. */
    static @Nullable String unescape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                out.append(text.charAt(i));
                continue;
            }
            boolean wide = text.startsWith("u", i + 1);
            int start = i + (wide ? 2 : 1);
            int end = start + (wide ? 4 : 2);
            int code = end <= text.length() ? hex(text.substring(start, end)) : -1;
            if (code < 0) {
                return null;
            }
            out.append((char) code);
            i = end - 1;
        }
        return out.toString();
    }

    private static int hex(String digits) {
        try {
            return digits.startsWith("-") || digits.startsWith("+") ? -1 : Integer.parseInt(digits, 16);
        } catch (NumberFormatException notHex) {
            return -1;
        }
    }
}
