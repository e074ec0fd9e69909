package io.nearfar.invalidation;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The message by which a node says to which caches it listens. What it does not name any more it does not listen to any more;
 * all numbers are big endian.
 *
 * <pre>
 *  0  1  format version, 1
 *  1  8  the node
 *  9     for each cache: 1 if old values are wanted, else 0, and its stored name as length (4) and UTF-8
 * </pre>
 *
 * @param node who says so
 * @param caches the stored names, and whether old values are wanted of each
 */
public record AudienceMessage(long node, Map<String, Boolean> caches) {
    private static final byte FORMAT = 1;

    /** Returns the message as it travels. */
    public byte[] bytes() {
        Map<String, byte[]> texts = new HashMap<>();
        caches.keySet().forEach(cache -> texts.put(cache, Wire.text(cache)));
        int length = texts.values().stream().mapToInt(text -> 1 + text.length).sum();
        ByteBuffer buffer =
                ByteBuffer.allocate(1 + Long.BYTES + length).put(FORMAT).putLong(node);
        texts.forEach((cache, text) ->
                buffer.put((byte) (caches.getOrDefault(cache, false) ? 1 : 0)).put(text));
        return buffer.array();
    }

    /** Returns the message, or null if it is garbage or of another format version. Never throws. */
    public static @Nullable AudienceMessage read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            if (buffer.get() != FORMAT) {
                return null;
            }
            long node = buffer.getLong();
            Map<String, Boolean> caches = new HashMap<>();
            while (buffer.hasRemaining()) {
                boolean oldValues = buffer.get() != 0;
                caches.put(Wire.readText(buffer), oldValues);
            }
            return new AudienceMessage(node, Map.copyOf(caches));
        } catch (BufferUnderflowException | CharacterCodingException e) {
            return null;
        }
    }
}
