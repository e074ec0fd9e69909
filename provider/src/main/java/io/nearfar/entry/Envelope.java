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
 *  1  1  flags: 1 placeholder of a load, 2 key bytes, 4 tags, 8 and 16 how the value is compressed: the
 *       ordinal of {@link Compression}, 32 near time-to-live, 64 with 1: nothing is there to be loaded, 128 grace, or
 *       with 1: an entry is kept that has ended
 *  2  8  stamp            \
 * 10  8  nonce             | filled in by the script that writes the entry;
 * 18  8  created, µs       | a touch changes them in place
 * 26  8  expires, µs, 0 = never /
 * 34  4  CRC32C of bytes 0, 1 and 38 to the end
 * 38     if flag 4: length of what follows (2), then each tag: its length (1) and UTF-8
 *        if flag 128: grace in milliseconds (8)
 *        if flag 32: near time-to-live in milliseconds (8)
 *        if flag 2: length of the key bytes (4) and the key bytes
 *        the value's bytes to the end
 * </pre>
 *
 * Of an entry that is kept after its end, and whose end listeners were told, the creation is that end.
 *
 * A placeholder that keeps an entry holds the whole envelope of that from 38 to the end, put there by a script; its own
 * checksum is that of a plain placeholder.
 *
 * @param placeholder whether this stands for a load, under way or without a result, and not for a value
 * @param version the write that made it
 * @param created server time of its creation, in microseconds
 * @param expires server time of its expiration, in microseconds, or {@link Entry#NEVER}
 * @param keyBytes the encoded key where the key's text does not give it back, else null
 * @param compression how the value's bytes are compressed
 * @param value the value's bytes
 * @param attributes what the write said of the entry beside that
 */
public record Envelope(
        boolean placeholder,
        Version version,
        long created,
        long expires,
        byte @Nullable [] keyBytes,
        Compression compression,
        byte[] value,
        Attributes attributes) {
    /** The format version that this class writes, and the only one it reads. */
    public static final byte FORMAT = 1;

    /** So many bytes from the first on tell of which write an entry is. */
    public static final int VERSION_END = 18;

    private static final byte PLACEHOLDER = 1;
    private static final byte KEY_BYTES = 2;
    private static final byte ABSENCE = 64;
    private static final int COMPRESSION_AT = 3;
    private static final byte COMPRESSION = 3 << COMPRESSION_AT;
    private static final byte KEEPING = PLACEHOLDER | AttributeBytes.GRACE;

    private static final Compression[] COMPRESSIONS = Compression.values();

    private static final int STAMP_AT = 2;
    private static final int CHECKSUM_AT = 34;
    private static final int BODY_AT = 38;

    /** Creates one whose value is not compressed, of a write that said nothing beside value and lifetime. */
    public Envelope(
            boolean placeholder,
            Version version,
            long created,
            long expires,
            byte @Nullable [] keyBytes,
            byte[] value) {
        this(placeholder, version, created, expires, keyBytes, Compression.NONE, value, Attributes.NONE);
    }

    /** Returns the first two bytes of an entry without attributes that carries {@code keyBytes}, not compressed. */
    public static byte[] head(byte @Nullable [] keyBytes) {
        return head(keyBytes, Compression.NONE, Attributes.NONE);
    }

    /** Returns the first two bytes of an entry with these key bytes and attributes, its value compressed so. */
    public static byte[] head(byte @Nullable [] keyBytes, Compression compression, Attributes attributes) {
        int key = keyBytes == null ? 0 : KEY_BYTES;
        int compressed = compression.ordinal() << COMPRESSION_AT;
        return new byte[] {FORMAT, (byte) (key | compressed | AttributeBytes.flags(attributes))};
    }

    /** Returns the first two bytes of a placeholder. */
    public static byte[] placeholderHead() {
        return new byte[] {FORMAT, PLACEHOLDER};
    }

    /** Returns what follows the script's part of an entry without attributes: checksum, key bytes, value as it is. */
    public static byte[] tail(byte @Nullable [] keyBytes, byte[] value) {
        return tail(keyBytes, Compression.NONE, value, Attributes.NONE);
    }

    /** Returns what follows the script's part of an entry: checksum, attributes, key bytes, value, compressed so. */
    public static byte[] tail(
            byte @Nullable [] keyBytes, Compression compression, byte[] value, Attributes attributes) {
        byte[] extra = AttributeBytes.of(attributes);
        int keyLength = keyBytes == null ? 0 : Integer.BYTES + keyBytes.length;
        ByteBuffer tail = ByteBuffer.allocate(Integer.BYTES + extra.length + keyLength + value.length);
        tail.position(Integer.BYTES);
        tail.put(extra);
        if (keyBytes != null) {
            tail.putInt(keyBytes.length).put(keyBytes);
        }
        tail.put(value);
        tail.putInt(0, checksum(head(keyBytes, compression, attributes), tail.array(), Integer.BYTES));
        return tail.array();
    }

    /** Returns what follows the script's part of a placeholder. */
    public static byte[] placeholderTail() {
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt(checksum(placeholderHead(), new byte[0], 0))
                .array();
    }

    /** Returns the first two bytes of what says that there is nothing to load, which carries these attributes. */
    public static byte[] absenceHead(Attributes attributes) {
        return new byte[] {FORMAT, (byte) (PLACEHOLDER | ABSENCE | AttributeBytes.flags(attributes))};
    }

    /** Returns what follows the script's part of that. */
    public static byte[] absenceTail(Attributes attributes) {
        byte[] extra = AttributeBytes.of(attributes);
        return ByteBuffer.allocate(Integer.BYTES + extra.length)
                .putInt(checksum(absenceHead(attributes), extra, 0))
                .put(extra)
                .array();
    }

    /** Returns the whole of an entry, which is no placeholder, as bytes, where no script fills in its part. */
    public byte[] bytes() {
        byte[] tail = tail(keyBytes, compression, value, attributes);
        return ByteBuffer.allocate(CHECKSUM_AT + tail.length)
                .put(head(keyBytes, compression, attributes))
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

    /**
     * Tells whether the bytes say that there is nothing to load, if they are those of an envelope at all. One that keeps an entry
     * only says that a load has failed of late.
     */
    public static boolean isAbsence(byte[] bytes) {
        return isPlaceholder(bytes) && (bytes[1] & (KEEPING | ABSENCE)) == (PLACEHOLDER | ABSENCE);
    }

    /** Returns the bytes of the entry that is kept after its end: those in a placeholder that keeps one, else all of them. */
    public static byte[] kept(byte[] bytes) {
        return isPlaceholder(bytes) && bytes.length > BODY_AT
                ? Arrays.copyOfRange(bytes, BODY_AT, bytes.length)
                : bytes;
    }

    /** Returns the envelope, or null if the bytes are garbage, cut short, or of another format version. Never throws. */
    public static @Nullable Envelope read(byte[] bytes) {
        if (bytes.length < BODY_AT || bytes[0] != FORMAT) {
            return null;
        } else if ((bytes[1] & ABSENCE) != 0 && !isPlaceholder(bytes)) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if ((bytes[1] & KEEPING) == KEEPING) {
            return keeping(buffer);
        }
        return buffer.getInt(CHECKSUM_AT) == checksum(bytes, bytes, BODY_AT) ? open(buffer) : null;
    }

    /** Of what it keeps nobody is told but who asks for the right to load. */
    private static @Nullable Envelope keeping(ByteBuffer buffer) {
        boolean known = (buffer.get(1) & ~(KEEPING | ABSENCE)) == 0;
        return known && buffer.getInt(CHECKSUM_AT) == checksum(placeholderHead(), new byte[0], 0)
                ? open(ByteBuffer.wrap(Arrays.copyOf(buffer.array(), BODY_AT)).put(1, PLACEHOLDER))
                : null;
    }

    private static @Nullable Envelope open(ByteBuffer buffer) {
        byte flags = buffer.get(1);
        buffer.position(BODY_AT);
        Attributes attributes = AttributeBytes.read(flags, buffer);
        int keyLength = (flags & KEY_BYTES) == 0 ? 0 : keyLength(buffer);
        if (attributes == null || keyLength < 0 || keyLength > buffer.remaining()) {
            return null;
        }
        byte[] key = (flags & KEY_BYTES) == 0 ? null : next(buffer, keyLength);
        long expires = buffer.getLong(STAMP_AT + 24);
        return new Envelope(
                (flags & PLACEHOLDER) != 0,
                new Version(buffer.getLong(STAMP_AT), buffer.getLong(STAMP_AT + 8)),
                buffer.getLong(STAMP_AT + 16),
                expires == 0 ? Entry.NEVER : expires,
                key,
                COMPRESSIONS[(flags & COMPRESSION) >> COMPRESSION_AT],
                next(buffer, buffer.remaining()),
                attributes);
    }

    private static int keyLength(ByteBuffer buffer) {
        return buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
    }

    private static byte[] next(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
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
                && Arrays.equals(value, that.value)
                && attributes.equals(that.attributes);
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
