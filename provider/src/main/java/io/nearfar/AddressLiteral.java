package io.nearfar;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads addresses as they are written in numbers (RFC 4291, section 2.2), and never asks anybody about a name. */
final class AddressLiteral {
    private static final int BYTES_OF_4 = 4;
    private static final int BYTES_OF_6 = 16;
    private static final int BITS_OF_A_BYTE = 8;
    private static final int BYTES_OF_A_GROUP = 2;
    private static final int LONGEST = 100;
    private static final int HEXADECIMAL = 16;
    private static final int HIGHEST_BYTE = 255;

    /** A number without zeros before it, which some programs read as octal. */
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");

    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    private AddressLiteral() {}

    /** Returns the 4 or 16 bytes of an address, or null if the text is none; a zone behind a percent sign is ignored. */
    static byte @Nullable [] bytes(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        int zone = text.indexOf('%');
        if (text.indexOf(':') < 0) {
            return zone < 0 ? bytesOf4(text) : null;
        }
        return bytesOf6(zone < 0 ? text : text.substring(0, zone));
    }

    private static byte @Nullable [] bytesOf4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != BYTES_OF_4) {
            return null;
        }
        byte[] bytes = new byte[BYTES_OF_4];
        for (int i = 0; i < BYTES_OF_4; i++) {
            if (!DECIMAL.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > HIGHEST_BYTE) {
                return null;
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    /** Two colons stand for as many groups of zeros as are missing, once. */
    private static byte @Nullable [] bytesOf6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text, true);
            return all != null && all.length == BYTES_OF_6 ? all : null;
        }
        byte[] head = groups(text.substring(0, gap), false);
        byte[] tail = groups(text.substring(gap + 2), true);
        if (head == null || tail == null || head.length + tail.length > BYTES_OF_6 - BYTES_OF_A_GROUP) {
            return null;
        }
        byte[] all = Arrays.copyOf(head, BYTES_OF_6);
        System.arraycopy(tail, 0, all, BYTES_OF_6 - tail.length, tail.length);
        return all;
    }

    /** Returns the bytes of groups with a colon between any two; the last may be an address of four bytes. */
    private static byte @Nullable [] groups(String text, boolean isLast) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] last = isLast && parts[parts.length - 1].indexOf('.') >= 0 ? bytesOf4(parts[parts.length - 1]) : null;
        int count = last == null ? parts.length : parts.length - 1;
        byte[] bytes = new byte[count * BYTES_OF_A_GROUP + (last == null ? 0 : BYTES_OF_4)];
        for (int i = 0; i < count; i++) {
            if (!GROUP.matcher(parts[i]).matches()) {
                return null;
            }
            int group = Integer.parseInt(parts[i], HEXADECIMAL);
            bytes[i * BYTES_OF_A_GROUP] = (byte) (group >> BITS_OF_A_BYTE);
            bytes[i * BYTES_OF_A_GROUP + 1] = (byte) group;
        }
        if (last != null) {
            System.arraycopy(last, 0, bytes, count * BYTES_OF_A_GROUP, BYTES_OF_4);
        }
        return bytes;
    }
}
