package io.nearfar.entry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an entry as its envelope carries them. The tags come first and the grace behind them, at places that the
 * scripts know; tags as text, so that a collision never takes an entry along that does not carry the tag.
 */
final class AttributeBytes {
    static final byte TAGS = 4;
    static final byte NEAR = 32;
    static final byte GRACE = (byte) 128;

    /** Whoever reads more takes the entry for garbage, and so do the scripts; more than any writer is allowed. */
    private static final int MOST_TAGS = 64;

    /** No length of time is this. */
    private static final long GARBAGE = Long.MIN_VALUE;

    private AttributeBytes() {}

    static byte flags(Attributes attributes) {
        int near = attributes.nearMillis() == Attributes.AS_CONFIGURED ? 0 : NEAR;
        int grace = attributes.graceMillis() == Attributes.AS_CONFIGURED ? 0 : GRACE;
        return (byte) (near | grace | (attributes.isTagged() ? TAGS : 0));
    }

    /** Returns the bytes; none if nothing is said. */
    static byte[] of(Attributes attributes) {
        if (flags(attributes) == 0) {
            return new byte[0];
        }
        List<byte[]> tags = attributes.tags().stream()
                .map(tag -> tag.getBytes(StandardCharsets.UTF_8))
                .toList();
        int length = tags.stream().mapToInt(tag -> 1 + tag.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES + length + 2 * Long.BYTES);
        if (attributes.isTagged()) {
            bytes.putShort((short) length);
            tags.forEach(tag -> bytes.put((byte) tag.length).put(tag));
        }
        if (attributes.graceMillis() != Attributes.AS_CONFIGURED) {
            bytes.putLong(attributes.graceMillis());
        }
        if (attributes.nearMillis() != Attributes.AS_CONFIGURED) {
            bytes.putLong(attributes.nearMillis());
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Reads what the flags announce, and leaves the buffer behind it; returns null if that is garbage. */
    static @Nullable Attributes read(byte flags, ByteBuffer from) {
        if ((flags & (TAGS | NEAR | GRACE)) == 0) {
            return Attributes.NONE;
        }
        List<String> tags = (flags & TAGS) == 0 ? List.of() : readTags(from);
        long grace = (flags & GRACE) == 0 ? Attributes.AS_CONFIGURED : readMillis(from);
        long near = (flags & NEAR) == 0 ? Attributes.AS_CONFIGURED : readMillis(from);
        return tags == null || grace == GARBAGE || near == GARBAGE ? null : new Attributes(tags, near, grace);
    }

    private static long readMillis(ByteBuffer from) {
        long millis = from.remaining() < Long.BYTES ? GARBAGE : from.getLong();
        return millis < 0 ? GARBAGE : millis;
    }

    private static @Nullable List<String> readTags(ByteBuffer from) {
        int length = from.remaining() < Short.BYTES ? 0 : Short.toUnsignedInt(from.getShort());
        if (length == 0 || length > from.remaining()) {
            return null;
        }
        int end = from.position() + length;
        List<String> tags = new ArrayList<>();
        while (from.position() < end && tags.size() < MOST_TAGS) {
            String tag = readTag(from, end);
            if (tag == null) {
                return null;
            }
            tags.add(tag);
        }
        return from.position() == end ? tags : null;
    }

    private static @Nullable String readTag(ByteBuffer from, int end) {
        int length = Byte.toUnsignedInt(from.get());
        if (length == 0 || length > end - from.position()) {
            return null;
        }
        ByteBuffer utf8 = from.slice(from.position(), length);
        from.position(from.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
