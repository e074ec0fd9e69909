package io.nearfar.invalidation;

import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it travels. The scripts of the far tier put it together; all numbers are big endian.
 *
 * <pre>
 *  0  1  format version, 1
 *  1  1  kind: 1 entries, 2 clear, 3 tags, 4 pattern
 *  2  8  previous stamp, 0 if the chain was missing
 * 10  8  previous nonce
 * 18  8  stamp
 * 26  8  nonce
 * 34     the cache's name, then to the end for kind 1 the texts of the keys, for kind 3 the tags, for kind 4
 *        the patterns; each as length (4) and UTF-8
 * </pre>
 */
public final class Wire {
    private static final byte FORMAT = 1;
    private static final byte ENTRIES = 1;
    private static final byte CLEAR = 2;
    private static final byte TAGS = 3;
    private static final byte PATTERN = 4;

    private Wire() {}

    /** Returns a name or a key's text as it stands in a message. */
    public static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + utf8.length)
                .putInt(utf8.length)
                .put(utf8)
                .array();
    }

    /** Returns the message, or null if it is garbage or of another format version. Never throws. */
    public static @Nullable Invalidation read(int partition, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            Kind kind = kind(buffer);
            return kind == null ? null : read(partition, kind, buffer);
        } catch (BufferUnderflowException | CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable Kind kind(ByteBuffer buffer) {
        if (buffer.get() != FORMAT) {
            return null;
        }
        return switch (buffer.get()) {
            case ENTRIES -> Kind.ENTRIES;
            case CLEAR -> Kind.CLEAR;
            case TAGS -> Kind.TAGS;
            case PATTERN -> Kind.PATTERN;
            default -> null;
        };
    }

    private static Invalidation read(int partition, Kind kind, ByteBuffer buffer) throws CharacterCodingException {
        Version previous = new Version(buffer.getLong(), buffer.getLong());
        Version version = new Version(buffer.getLong(), buffer.getLong());
        String cache = readText(buffer);
        List<String> names = new ArrayList<>();
        while (buffer.hasRemaining()) {
            names.add(readText(buffer));
        }
        return new Invalidation(partition, previous, version, kind, cache, List.copyOf(names));
    }

    /** Reads a name or a key's text as it stands in a message. */
    static String readText(ByteBuffer buffer) throws CharacterCodingException {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] utf8 = new byte[length];
        buffer.get(utf8);
        return isAscii(utf8)
                ? new String(utf8, StandardCharsets.ISO_8859_1)
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(utf8))
                        .toString();
    }

    /** Most texts are, and need no decoder, which is made anew for each text. */
    private static boolean isAscii(byte[] utf8) {
        for (byte each : utf8) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }
}
