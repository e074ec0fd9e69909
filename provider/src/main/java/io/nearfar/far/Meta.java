package io.nearfar.far;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cache in a partition without looking at its entries; the scripts' prelude lays it out.
 *
 * @param clearedAt entries up to this stamp are dead
 * @param tagStamp the stamp of the last invalidation of tags, 0 if there was none
 * @param tagFloor entries with tags are dead up to this stamp
 */
record Meta(long clearedAt, long tagStamp, long tagFloor) {
    private static final int LENGTH = 25;
    private static final byte FORMAT = 1;

    /** Returns the meta, or null if it is missing or garbage: then all entries are dead. */
    static @Nullable Meta read(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != LENGTH || bytes[0] != FORMAT) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Meta(buffer.getLong(1), buffer.getLong(9), buffer.getLong(17));
    }
}
