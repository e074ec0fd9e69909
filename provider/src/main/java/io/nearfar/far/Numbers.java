package io.nearfar.far;

import io.nearfar.entry.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Numbers as replies and arguments carry them. */
final class Numbers {
    private static final int PACKED = 7;
    private static final int BYTE = 1 << Byte.SIZE;

    private Numbers() {}

    /** Returns an integer of a reply. */
    static long of(List<Object> reply, int at) {
        return ((Number) reply.get(at)).longValue();
    }

    /** Returns numbers side by side, seven bytes each, big endian. */
    static byte[] packed(List<Long> numbers) {
        byte[] bytes = new byte[PACKED * numbers.size()];
        int at = 0;
        for (long number : numbers) {
            for (int shift = Byte.SIZE * (PACKED - 1); shift >= 0; shift -= Byte.SIZE) {
                bytes[at] = (byte) (number >> shift);
                at++;
            }
        }
        return bytes;
    }

    /** Returns the numbers that stand so side by side. */
    static List<Object> unpacked(byte[] bytes) {
        List<Object> numbers = new ArrayList<>(bytes.length / PACKED);
        for (int at = 0; at < bytes.length; at += PACKED) {
            long number = bytes[at];
            for (int i = at + 1; i < at + PACKED; i++) {
                number = number * BYTE + Byte.toUnsignedInt(bytes[i]);
            }
            numbers.add(number);
        }
        return numbers;
    }

    /** Returns microseconds from the reply to TIME: seconds and microseconds as text. */
    static long time(List<Object> reply) {
        return text(reply, 0) * 1_000_000 + text(reply, 1);
    }

    private static long text(List<Object> reply, int at) {
        return Long.parseLong(new String((byte[]) reply.get(at), StandardCharsets.US_ASCII));
    }

    /** Returns 8 bytes, big endian. */
    static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** Returns 16 bytes, stamp and nonce, big endian. */
    static byte[] version(long stamp, long nonce) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(stamp).putLong(nonce).array();
    }

    /** Returns the version in 16 bytes. */
    static Version version(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Version(buffer.getLong(), buffer.getLong());
    }
}
