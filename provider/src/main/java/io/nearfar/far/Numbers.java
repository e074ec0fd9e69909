package io.nearfar.far;

import io.nearfar.entry.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Numbers as replies and arguments carry them. */
final class Numbers {
    private Numbers() {}

    /** Returns an integer of a reply. */
    static long of(List<Object> reply, int at) {
        return ((Number) reply.get(at)).longValue();
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
