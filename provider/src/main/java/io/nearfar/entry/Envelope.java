package io.nearfar.entry;

import io.nearfar.config.Compression;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the far tier stores it. All numbers are big endian.
 *
 * <pre>
 *  0  1  format version, 1
 *  1  1  flags: 1 placeholder of a load, 2 key bytes, 4 tags (reserved), 8 and 16 how the value is
 *       compressed: the ordinal of {@link Compression}
 *  2  8  stamp            \
 * 10  8  nonce             | filled in by the script that writes the entry;
 * 18  8  created, µs       | a touch changes them in place
 * 26  8  expires, µs, 0 = never /
 * 34  4  CRC32C of bytes 0, 1 and 38 to the end
 * 38     if flag 2: length of the key bytes (4) and the key bytes
 *        the value's bytes to the end
 * </pre>
 *
 * @param placeholder whether this stands for a load under way and not for a value
 * @param version the write that made it
 * @param created server time of its creation, in microseconds
 * @param expires server time of its expiration, in microseconds, or {@link Entry#NEVER}
 * @param keyBytes the encoded key where the key's text does not give it back, else null
 * @param compression how the value's bytes are compressed
 * @param value the value's bytes
 */
public record Envelope(
        boolean placeholder,
        Version version,
        long created,
        long expires,
        byte @Nullable [] keyBytes,
        Compression compression,
        byte[] value) {
    /** The format version that this class writes, and the only one it reads. */
    public static final byte FORMAT = 1;

    /** So many bytes from the first on tell of which write an entry is. */
    public static final int VERSION_END = 18;

    private static final byte PLACEHOLDER = 1;
    private static final byte KEY_BYTES = 2;
    private static final int COMPRESSION_AT = 3;
    private static final byte COMPRESSION = 3 << COMPRESSION_AT;
    private static final byte KNOWN_FLAGS = PLACEHOLDER | KEY_BYTES | COMPRESSION;

    private static final Compression[] COMPRESSIONS = Compression.values();

    private static final int STAMP_AT = 2;
    private static final int CHECKSUM_AT = 34;
    private static final int BODY_AT = 38;

    /** Creates one whose value is not compressed. */
    public Envelope(
            boolean placeholder,
            Version version,
            long created,
            long expires,
            byte @Nullable [] keyBytes,
            byte[] value) {
        this(placeholder, version, created, expires, keyBytes, Compression.NONE, value);
    }

    /** Returns the first two bytes of an entry that carries {@code keyBytes}. */
    public static byte[] head(byte @Nullable [] keyBytes) {
        return head(keyBytes, Compression.NONE);
    }

    /** Returns the first two bytes of an entry that carries {@code keyBytes} and whose value is compressed so. */
    public static byte[] head(byte @Nullable [] keyBytes, Compression compression) {
        int key = keyBytes == null ? 0 : KEY_BYTES;
        return new byte[] {FORMAT, (byte) (key | compression.ordinal() << COMPRESSION_AT)};
    }

    /** Returns the first two bytes of a placeholder. */
    public static byte[] placeholderHead() {
        return new byte[] {FORMAT, PLACEHOLDER};
    }

    /** Returns what follows the script's part of an entry: checksum, key bytes, value. */
    public static byte[] tail(byte @Nullable [] keyBytes, byte[] value) {
        return tail(keyBytes, Compression.NONE, value);
    }

    /** Returns what follows the script's part of an entry: checksum, key bytes, value, which is compressed so. */
    public static byte[] tail(byte @Nullable [] keyBytes, Compression compression, byte[] value) {
        int keyLength = keyBytes == null ? 0 : Integer.BYTES + keyBytes.length;
        ByteBuffer tail = ByteBuffer.allocate(Integer.BYTES + keyLength + value.length);
        tail.position(Integer.BYTES);
        if (keyBytes != null) {
            tail.putInt(keyBytes.length).put(keyBytes);
        }
        tail.put(value);
        tail.putInt(0, checksum(head(keyBytes, compression), tail.array(), Integer.BYTES));
        return tail.array();
    }

    /** Returns what follows the script's part of a placeholder. */
    public static byte[] placeholderTail() {
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt(checksum(placeholderHead(), new byte[0], 0))
                .array();
    }

    /** Returns the whole of an entry, which is no placeholder, as bytes, where no script fills in its part. */
    public byte[] bytes() {
        byte[] tail = tail(keyBytes, compression, value);
        return ByteBuffer.allocate(CHECKSUM_AT + tail.length)
                .put(head(keyBytes, compression))
                .putLong(version.stamp())
                .putLong(version.nonce())
                .putLong(created)
                .putLong(expires == Entry.NEVER ? 0 : expires)
                .put(tail)
                .array();
    }

    /** Returns the version that the bytes name, even if nothing else in them can be read; they are at least 18. */
    public static Version version(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Version(buffer.getLong(STAMP_AT), buffer.getLong(STAMP_AT + 8));
    }

    /** Tells whether the bytes are those of a placeholder, if they are those of an envelope at all. */
    public static boolean isPlaceholder(byte[] bytes) {
        return bytes.length > 1 && (bytes[1] & PLACEHOLDER) != 0;
    }

    /** Returns the envelope, or null if the bytes are garbage, cut short, or of another format version. Never throws. */
    public static @Nullable Envelope read(byte[] bytes) {
        if (bytes.length < BODY_AT || bytes[0] != FORMAT || (bytes[1] & ~KNOWN_FLAGS) != 0) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return buffer.getInt(CHECKSUM_AT) == checksum(bytes, bytes, BODY_AT) ? open(buffer) : null;
    }

    private static @Nullable Envelope open(ByteBuffer buffer) {
        byte flags = buffer.get(1);
        int keyLength = 0;
        int valueAt = BODY_AT;
        if ((flags & KEY_BYTES) != 0) {
            if (buffer.limit() < BODY_AT + Integer.BYTES) {
                return null;
            }
            keyLength = buffer.getInt(BODY_AT);
            valueAt += Integer.BYTES;
            if (keyLength < 0 || keyLength > buffer.limit() - valueAt) {
                return null;
            }
        }
        byte[] key = valueAt == BODY_AT ? null : Arrays.copyOfRange(buffer.array(), valueAt, valueAt + keyLength);
        byte[] value = Arrays.copyOfRange(buffer.array(), valueAt + keyLength, buffer.limit());
        long expires = buffer.getLong(STAMP_AT + 24);
        return new Envelope(
                (flags & PLACEHOLDER) != 0,
                new Version(buffer.getLong(STAMP_AT), buffer.getLong(STAMP_AT + 8)),
                buffer.getLong(STAMP_AT + 16),
                expires == 0 ? Entry.NEVER : expires,
                key,
                COMPRESSIONS[(flags & COMPRESSION) >> COMPRESSION_AT],
                value);
    }

    private static int checksum(byte[] head, byte[] body, int from) {
        CRC32C crc = new CRC32C();
        crc.update(head, 0, 2);
        crc.update(body, from, body.length - from);
        return (int) crc.getValue();
    }

    /** Compares arrays by content. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope that
                && placeholder == that.placeholder
                && version.equals(that.version)
                && created == that.created
                && expires == that.expires
                && Arrays.equals(keyBytes, that.keyBytes)
                && compression == that.compression
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return version.hashCode();
    }

    /** Names the write and sizes, never the content. */
    @Override
    public String toString() {
        return "Envelope[" + (placeholder ? "placeholder, " : "") + version + ", created=" + created + ", expires="
                + expires + ", " + value.length + " bytes]";
    }
}
