package io.nearfar.invalidation;

import io.nearfar.entry.Version;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * The message by which listeners of other nodes hear of one change of an entry. The scripts of the far tier put it together,
 * and only while somebody listens; all numbers are big endian.
 *
 * <pre>
 *  0  1  format version, 1
 *  1  1  kind: 1 created, 2 updated, 3 removed, 4 expired, 5 updated and expired at once
 *  2  8  the node whose call it was
 * 10  8  stamp
 * 18  8  nonce
 * 26     the cache's name and the key's text, each as length (4) and UTF-8; then the entry after the change and the entry
 *        before it, each as 0 if there is none to be told, 2 if it is too long to be, or 1, length (4) and envelope
 * </pre>
 *
 * @param kind what happened
 * @param node whose call it was
 * @param version the write
 * @param cache the stored name of the cache
 * @param text the text of the key
 * @param after the envelope after the change, or null
 * @param before the envelope before the change, or null
 * @param size of the message in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // only carried
public record ChangeMessage(
        Kind kind,
        long node,
        Version version,
        String cache,
        String text,
        byte @Nullable [] after,
        byte @Nullable [] before,
        int size) {
    private static final byte FORMAT = 1;
    private static final byte NOTHING = 0;
    private static final byte THERE = 1;
    private static final byte TOO_LONG = 2;
    private static final Kind[] KINDS = Kind.values();

    /** What happened, in the order of the numbers in the message. */
    public enum Kind {
        /** An entry was created. */
        CREATED,
        /** An entry was given another value. */
        UPDATED,
        /** An entry was removed. */
        REMOVED,
        /** An entry had ended. */
        EXPIRED,
        /** An entry was given another value and no time to live. */
        UPDATED_AND_EXPIRED
    }

    /** Returns the message, or null if it is garbage or of another format version. Never throws. */
    public static @Nullable ChangeMessage read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return buffer.get() == FORMAT ? read(buffer) : null;
        } catch (BufferUnderflowException | CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable ChangeMessage read(ByteBuffer buffer) throws CharacterCodingException {
        int kind = buffer.get() - 1;
        if (kind < 0 || kind >= KINDS.length) {
            return null;
        }
        long node = buffer.getLong();
        Version version = new Version(buffer.getLong(), buffer.getLong());
        String cache = Wire.readText(buffer);
        String text = Wire.readText(buffer);
        byte[] after = part(buffer);
        byte[] before = part(buffer);
        return buffer.hasRemaining()
                ? null
                : new ChangeMessage(KINDS[kind], node, version, cache, text, after, before, buffer.capacity());
    }

    private static byte @Nullable [] part(ByteBuffer buffer) {
        byte state = buffer.get();
        if (state == NOTHING || state == TOO_LONG) {
            return null;
        }
        int length = state == THERE ? buffer.getInt() : -1;
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
