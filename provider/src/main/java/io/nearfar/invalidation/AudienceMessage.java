package io.nearfar.invalidation;

import java.io.ByteArrayOutputStream;
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
 *  9     for each cache: 1 if old values are wanted, 2 if what has expired is, 4 if the server tells
 *        the node when the time of an entry is over, together, and its stored name as length (4)
 *        and UTF-8
 * </pre>
 *
 * @param node who says so
 * @param caches the stored names, and what is wanted of each
 */
public record AudienceMessage(long node, Map<String, Wish> caches) {
    private static final byte FORMAT = 1;
    private static final int OLD_VALUES = 1;
    private static final int EXPIRED = 2;
    private static final int HEARS_ENDS = 4;

    /**
     * What is wanted of a cache, beside what was written and removed.
     *
     * @param oldValues what was there before
     * @param expired what has expired
     * @param hearsEnds whether the server tells the node when the time of an entry is over
     */
    public record Wish(boolean oldValues, boolean expired, boolean hearsEnds) {
        /** Returns what one of them or both want. */
        public Wish or(Wish other) {
            return new Wish(oldValues || other.oldValues, expired || other.expired, hearsEnds || other.hearsEnds);
        }

        private byte sent() {
            return (byte) ((oldValues ? OLD_VALUES : 0) + (expired ? EXPIRED : 0) + (hearsEnds ? HEARS_ENDS : 0));
        }

        private static Wish of(byte sent) {
            return new Wish((sent & OLD_VALUES) != 0, (sent & EXPIRED) != 0, (sent & HEARS_ENDS) != 0);
        }
    }

    /** Returns the message as it travels. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                ByteBuffer.allocate(1 + Long.BYTES).put(FORMAT).putLong(node).array());
        caches.forEach((cache, wish) -> {
            out.write(wish.sent());
            out.writeBytes(Wire.text(cache));
        });
        return out.toByteArray();
    }

    /** Returns the message, or null if it is garbage or of another format version. Never throws. */
    public static @Nullable AudienceMessage read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            if (buffer.get() != FORMAT) {
                return null;
            }
            long node = buffer.getLong();
            Map<String, Wish> caches = new HashMap<>();
            while (buffer.hasRemaining()) {
                Wish wish = Wish.of(buffer.get());
                caches.put(Wire.readText(buffer), wish);
            }
            return new AudienceMessage(node, Map.copyOf(caches));
        } catch (BufferUnderflowException | CharacterCodingException e) {
            return null;
        }
    }
}
