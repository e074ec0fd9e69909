package io.nearfar.entry.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The compact form of what is cached most, whole numbers and texts of ASCII, without the streams of the other types: a stream to
 * read from has half a kilobyte of buffers. The bytes are those of {@link CompactTypes}.
 */
final class PlainForm {
    private static final byte TEXT = 1;
    private static final byte INTEGER = 9;
    private static final byte LONG = 10;
    private static final byte UTF_8 = 8;
    private static final int TEXT_AT = 2;

    private PlainForm() {}

    /** Returns the form of a whole number, or null of anything else. */
    static byte @Nullable [] encode(Object value) {
        if (value instanceof Long number) {
            return ByteBuffer.allocate(1 + Long.BYTES).put(LONG).putLong(number).array();
        }
        return value instanceof Integer number
                ? ByteBuffer.allocate(1 + Integer.BYTES)
                        .put(INTEGER)
                        .putInt(number)
                        .array()
                : null;
    }

    /** Returns the object of these bytes, or null if they are of another form, or garbage. */
    static @Nullable Object decode(byte[] bytes) {
        if (bytes.length < TEXT_AT) {
            return null;
        }
        return switch (bytes[0]) {
            case LONG ->
                bytes.length == 1 + Long.BYTES ? (Object) ByteBuffer.wrap(bytes).getLong(1) : null;
            case INTEGER ->
                bytes.length == 1 + Integer.BYTES
                        ? (Object) ByteBuffer.wrap(bytes).getInt(1)
                        : null;
            case TEXT -> bytes[1] == UTF_8 ? ascii(bytes) : null;
            default -> null;
        };
    }

    private static @Nullable String ascii(byte[] bytes) {
        for (int i = TEXT_AT; i < bytes.length; i++) {
            if (bytes[i] < 0) {
                return null;
            }
        }
        return new String(bytes, TEXT_AT, bytes.length - TEXT_AT, StandardCharsets.ISO_8859_1);
    }
}
