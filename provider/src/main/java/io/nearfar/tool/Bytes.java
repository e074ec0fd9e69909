package io.nearfar.tool;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of which nobody here knows what they mean. */
final class Bytes {
    private static final int LONGEST = 256;

    private Bytes() {}

    /** Returns them as text if they are text, else the first of them in hexadecimal digits. */
    static String shown(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.codePoints().anyMatch(Bytes::isOdd) ? hex(bytes) : text;
        } catch (CharacterCodingException e) {
            return hex(bytes);
        }
    }

    private static boolean isOdd(int point) {
        return Character.isISOControl(point) && !Character.isWhitespace(point);
    }

    private static String hex(byte[] bytes) {
        int shown = Math.min(bytes.length, LONGEST);
        String digits = HexFormat.of().formatHex(bytes, 0, shown);
        return digits + (shown < bytes.length ? "… (" + Amounts.count(bytes.length) + " bytes)" : "");
    }
}
