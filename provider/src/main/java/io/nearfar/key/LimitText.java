package io.nearfar.key;

import java.nio.charset.StandardCharsets;

/**
 * Writes the key of a quota: as it stands, or, if it is long or odd, by its fingerprint, which no other key has. So it is
 * short, and holds no control characters.
 */
public final class LimitText {
    private static final int LONGEST = 100;
    private static final char SHORTENED = '#';

    private LimitText() {}

    /** Returns the text of a key. */
    public static String of(String key) {
        boolean fits = key.length() <= LONGEST && Escapes.isPlain(key) && key.indexOf(SHORTENED) != 0;
        return fits ? key : SHORTENED + Fingerprint.of(key.getBytes(StandardCharsets.UTF_16BE));
    }
}
