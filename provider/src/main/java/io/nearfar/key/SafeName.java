package io.nearfar.key;

import java.nio.charset.StandardCharsets;

/**
 * Writes a name so that it can stand inside a key of the far tier and inside a pattern without meaning anything there.
 * Braces, colon, tilde, percent, the wildcards of MATCH, blanks and control characters become {@code %} and two hex
 * digits for each byte of UTF-8; all else stays readable. Different names stay different.
 */
final class SafeName {
    private static final String RESERVED = "{}:~%*?[]\\^\"'";
    private static final String HEX = "0123456789ABCDEF";

    private SafeName() {}

    static String of(String name) {
        StringBuilder safe = new StringBuilder(name.length());
        name.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
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
