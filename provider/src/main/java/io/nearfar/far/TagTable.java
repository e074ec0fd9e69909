package io.nearfar.far;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's tag table says of some tags.
 *
 * @param asOf the stamp of the last invalidation that it knows of; {@link #LOST} if there is no table
 * @param floor entries with tags are dead up to this stamp
 * @param stamps the stamps of the last invalidations of those tags, hard or soft, 0 for one that it does not know
 */
record TagTable(long asOf, long floor, Map<String, Long> stamps) {
    static final long LOST = -1;

    /** After a soft invalidation: its stamp, that of the last hard one, and when it is to have ended entries. */
    private static final int SOFT_LENGTH = 3 * Long.BYTES;

    private static final TagTable NONE = new TagTable(LOST, 0, Map.of());

    /** Returns what a reply to HMGET says of the tags; it begins with what the table says of itself. */
    static TagTable read(List<String> tags, List<Object> reply) {
        byte[] self = (byte[]) reply.get(0);
        if (self == null || self.length != 2 * Long.BYTES) {
            return NONE;
        }
        Map<String, Long> stamps = new HashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            stamps.put(tags.get(i), stamp((byte[]) reply.get(i + 1)));
        }
        ByteBuffer buffer = ByteBuffer.wrap(self);
        return new TagTable(buffer.getLong(), buffer.getLong(), stamps);
    }

    static TagTable none() {
        return NONE;
    }

    private static long stamp(byte @Nullable [] bytes) {
        if (bytes == null) {
            return 0;
        }
        boolean known = bytes.length == Long.BYTES || bytes.length == SOFT_LENGTH;
        return known ? ByteBuffer.wrap(bytes).getLong() : Long.MAX_VALUE;
    }

    /** Tells whether it knows of all invalidations up to that stamp. */
    boolean reaches(long tagStamp) {
        return asOf >= tagStamp;
    }

    /** Tells whether an entry of that stamp with these tags is live, as far as the table goes. */
    boolean admits(long stamp, List<String> tags) {
        return stamp > floor && tags.stream().allMatch(tag -> stamps.getOrDefault(tag, Long.MAX_VALUE) < stamp);
    }
}
