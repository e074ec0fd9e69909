package io.nearfar.far;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a script replied of the change of one key.
 *
 * @param status of those of {@link Wording}
 * @param existed whether an entry was there
 * @param stamp of what was written, or of the removal
 * @param created of what was written, microseconds
 * @param expires of what was written, microseconds; 0 for never
 * @param met the entry met, if it is told
 */
@SuppressWarnings("ArrayRecordComponent") // only carried
record Told(long status, boolean existed, long stamp, long created, long expires, byte @Nullable [] met) {
    /** Returns that of a script about one key, whose reply begins with the six parts in their order. */
    static Told of(List<Object> reply) {
        return new Told(
                Numbers.of(reply, 0),
                Numbers.of(reply, 1) == 1,
                Numbers.of(reply, 2),
                Numbers.of(reply, 3),
                Numbers.of(reply, 4),
                (byte[]) reply.get(5));
    }
}
