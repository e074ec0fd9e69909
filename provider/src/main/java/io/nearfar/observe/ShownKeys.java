package io.nearfar.observe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How keys stand in the log: as a short hash, which is the same on all nodes, or, if the settings want it, as they are read.
 *
 * @param readable whether they are shown as they are
 */
public record ShownKeys(boolean readable) {
    private static final int LONGEST = 200;
    private static final int BYTES_OF_A_HASH = 4;

    /**
     * Returns what is shown of a key.
     *
     * @param text what a person reads in it, or null if it has none
     * @param key the key, whose class and hash code stand for it then: so it is the same on all nodes only if its hash code is
     */
    public String of(@Nullable String text, Object key) {
        if (text == null) {
            return hash(key.getClass().getName() + key.hashCode());
        }
        return readable ? printable(text) : hash(text);
    }

    /** A key may come from outside, and must not be able to write a line of its own. */
    private static String printable(String text) {
        String some = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder printable = new StringBuilder(some.length());
        some.chars().forEach(c -> printable.append(isPrintable(c) ? (char) c : '?'));
        return printable.toString();
    }

    private static boolean isPrintable(int c) {
        return !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
    }

    private static String hash(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, BYTES_OF_A_HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM lacks SHA-256, which every one must have", e);
        }
    }
}
