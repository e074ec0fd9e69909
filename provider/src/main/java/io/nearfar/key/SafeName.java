package io.nearfar.key;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a name so that it can stand inside a key of the far tier and inside a pattern without meaning anything there.
 * Braces, colon, tilde, percent, the wildcards of MATCH, blanks and control characters become {@code %} and two hex
 * digits for each byte of UTF-8; all else stays readable. Different names stay different.
 */
final class SafeName {
    private static final String RESERVED = "{}:~%*?[]\\^\"'";
    private static final String HEX = "0123456789ABCDEF";
    private static final Pattern ESCAPED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+|%u[0-9a-f]{4}");

    private SafeName() {}

    static String of(String name) {
        StringBuilder safe = new StringBuilder(name.length());
        name.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
    }

    /** Returns the name that {@link #of} has written so. */
    static String original(String safe) {
        return ESCAPED.matcher(safe).replaceAll(found -> Matcher.quoteReplacement(unescaped(found.group())));
    }

    private static String unescaped(String escaped) {
        return escaped.startsWith("%u")
                ? String.valueOf((char) Integer.parseInt(escaped.substring(2), 16))
                : new String(HexFormat.of().parseHex(escaped.replace("%", "")), StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder safe, int point) {
        if (isSafe(point)) {
            safe.appendCodePoint(point);
        } else {
            escape(safe, point);
        }
    }

    private static boolean isSafe(int point) {
        return RESERVED.indexOf(point) < 0
                && !Character.isWhitespace(point)
                && !Character.isSpaceChar(point)
                && !Character.isISOControl(point)
                && !isLoneSurrogate(point);
    }

    private static void escape(StringBuilder safe, int point) {
        if (isLoneSurrogate(point)) {
            safe.append("%u").append(Integer.toHexString(point));
            return;
        }
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            safe.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
        }
    }

    private static boolean isLoneSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
