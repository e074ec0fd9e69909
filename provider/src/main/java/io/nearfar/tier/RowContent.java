package io.nearfar.tier;

import io.nearfar.config.Compression;
import io.nearfar.entry.Change;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.key.KeyText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a key was last told in an outage, as the row of an {@link OutageTable} holds it. All numbers are big endian.
 *
 * <pre>
 *  0  1  format version, 1
 *  1  1  flags: 1 an entry (else the key was removed), 2 a base, 4 bytes of the key, 8 an end, 16 another since than that
 *       of the base
 *  2  4  CRC32C of bytes 0, 1 and 6 to the end
 *  6  8  stamp of the base, 0 if there is none
 * 14  8  nonce of the base
 * 22  4  length of the key's text in UTF-8, then the text
 *     4  length of the key's bytes, then these
 *     8  if flag 8: the end
 *     8  if flag 16: since
 *        the envelope of the entry to the end
 * </pre>
 *
 * @param key the key
 * @param base the far entry that a node knew before it changed the key, or null if none knew it
 * @param entry what was put, or null for a removal
 * @param ends server time in microseconds at which the entry ends whatever its lifetime, for it was loaded in the outage; or
 *     {@link Entry#NEVER}
 * @param since from which stamp on an invalidation of one of the entry's tags counts as later than what was put
 */
record RowContent(
        KeyText key, @Nullable Version base, @Nullable Envelope entry, long ends, long since) {
    private static final byte FORMAT = 1;
    private static final byte ENTRY = 1;
    private static final byte BASE = 2;
    private static final byte KEY_BYTES = 4;
    private static final byte ENDS = 8;
    private static final byte SINCE = 16;
    private static final byte KNOWN_FLAGS = ENTRY | BASE | KEY_BYTES | ENDS | SINCE;
    private static final int CHECKSUM_AT = 2;
    private static final int BODY_AT = 6;
    private static final Version NO_BASE = new Version(0, 0);

    /** Creates one whose entry ends with its lifetime. */
    RowContent(KeyText key, @Nullable Version base, @Nullable Envelope entry) {
        this(key, base, entry, Entry.NEVER);
    }

    /** Creates one that was put over the base, or over nobody knows what. */
    RowContent(KeyText key, @Nullable Version base, @Nullable Envelope entry, long ends) {
        this(key, base, entry, ends, sinceOf(base));
    }

    private static long sinceOf(@Nullable Version base) {
        return base == null ? Change.EVER : base.stamp();
    }

    /** Returns it with another base, which nobody knew when it was put. */
    RowContent over(Version other) {
        return new RowContent(key, other, entry, ends, since);
    }

    private boolean isEnding() {
        return ends != Entry.NEVER;
    }

    private boolean isOlderThanBase() {
        return since != sinceOf(base);
    }

    byte[] bytes() {
        byte[] text = key.text().getBytes(StandardCharsets.UTF_8);
        byte[] keyBytes = key.bytes() == null ? new byte[0] : key.bytes();
        byte[] envelope = entry == null ? new byte[0] : entry.bytes();
        Version written = base == null ? NO_BASE : base;
        int numbers = (2 + (isEnding() ? 1 : 0) + (isOlderThanBase() ? 1 : 0)) * Long.BYTES + 2 * Integer.BYTES;
        ByteBuffer buffer = ByteBuffer.allocate(BODY_AT + numbers + text.length + keyBytes.length + envelope.length);
        buffer.put(FORMAT).put(flags()).position(BODY_AT);
        buffer.putLong(written.stamp()).putLong(written.nonce());
        buffer.putInt(text.length).put(text);
        buffer.putInt(keyBytes.length).put(keyBytes);
        if (isEnding()) {
            buffer.putLong(ends);
        }
        if (isOlderThanBase()) {
            buffer.putLong(since);
        }
        buffer.put(envelope);
        return buffer.putInt(CHECKSUM_AT, checksum(buffer.array())).array();
    }

    private byte flags() {
        return (byte) ((entry == null ? 0 : ENTRY)
                | (base == null ? 0 : BASE)
                | (key.bytes() == null ? 0 : KEY_BYTES)
                | (isEnding() ? ENDS : 0)
                | (isOlderThanBase() ? SINCE : 0));
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM_AT);
        crc.update(bytes, BODY_AT, bytes.length - BODY_AT);
        return (int) crc.getValue();
    }

    /** Tells whether these are the bytes of a row whose key was cleared while somebody was settling it. */
    static boolean isForgotten(byte[] bytes) {
        return bytes.length == 1 && bytes[0] == 0;
    }

    /**
     * Returns the content, or null if the bytes are garbage, cut short, of another format version, or hold an entry that no
     * row holds: the placeholder of a load, or a compressed value. Never throws.
     */
    static @Nullable RowContent read(byte[] bytes) {
        boolean sound = bytes.length >= BODY_AT && bytes[0] == FORMAT && (bytes[1] & ~KNOWN_FLAGS) == 0;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return sound && buffer.getInt(CHECKSUM_AT) == checksum(bytes) ? open(buffer.position(BODY_AT)) : null;
        } catch (BufferUnderflowException cutShort) {
            return null;
        }
    }

    private static @Nullable RowContent open(ByteBuffer buffer) {
        byte flags = buffer.get(1);
        Version written = new Version(buffer.getLong(), buffer.getLong());
        Version base = (flags & BASE) == 0 ? null : written;
        String text = new String(part(buffer, buffer.getInt()), StandardCharsets.UTF_8);
        byte[] keyBytes = part(buffer, buffer.getInt());
        long ends = (flags & ENDS) == 0 ? Entry.NEVER : buffer.getLong();
        long since = (flags & SINCE) == 0 ? sinceOf(base) : buffer.getLong();
        byte[] rest = part(buffer, buffer.remaining());
        Envelope entry = (flags & ENTRY) == 0 ? null : Envelope.read(rest);
        if ((flags & ENTRY) != 0 && !isOfARow(entry)) {
            return null;
        }
        KeyText key = new KeyText(text, (flags & KEY_BYTES) == 0 ? null : keyBytes);
        return new RowContent(key, base, entry, ends, since);
    }

    private static boolean isOfARow(@Nullable Envelope entry) {
        return entry != null && !entry.placeholder() && entry.compression() == Compression.NONE;
    }

    private static byte[] part(ByteBuffer buffer, int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        buffer.get(part);
        return part;
    }
}
