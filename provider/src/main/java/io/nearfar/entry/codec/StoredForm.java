package io.nearfar.entry.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a value say of themselves before anybody decodes them, for whoever has not its class.
 *
 * @param codec the name of the codec that wrote them, or {@link #COMPACT}
 * @param body what the codec wrote; all of the bytes if there was none
 */
@SuppressWarnings("ArrayRecordComponent") // only carried
public record StoredForm(String codec, byte[] body) {
    /** Stands for the form that standard types and enums have of their own. */
    public static final String COMPACT = "compact";

    /** How a stream begins whose first object is of a class that follows. */
    private static final byte[] JAVA_OBJECT = {(byte) 0xac, (byte) 0xed, 0, 5, 0x73, 0x72};

    /** Returns the form of a value's bytes, whatever they are. */
    public static StoredForm of(byte[] bytes) {
        int length = bytes.length > 1 && bytes[0] == CompactTypes.CODEC ? Byte.toUnsignedInt(bytes[1]) : 0;
        boolean named = length > 0 && bytes.length >= 2 + length;
        return named
                ? new StoredForm(
                        new String(bytes, 2, length, StandardCharsets.US_ASCII),
                        Arrays.copyOfRange(bytes, 2 + length, bytes.length))
                : new StoredForm(COMPACT, bytes);
    }

    /** Returns the name of the class, if the body is Java serialization and begins with it; else null. */
    public @Nullable String className() {
        int at = JAVA_OBJECT.length;
        if (body.length < at + Short.BYTES || !Arrays.equals(body, 0, at, JAVA_OBJECT, 0, at)) {
            return null;
        }
        int length = Short.toUnsignedInt(ByteBuffer.wrap(body).getShort(at));
        boolean whole = body.length >= at + Short.BYTES + length;
        return whole ? new String(body, at + Short.BYTES, length, StandardCharsets.UTF_8) : null;
    }
}
