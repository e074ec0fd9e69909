package io.nearfar.entry;

import org.jspecify.annotations.Nullable;

/**
 * What a change did. It is the truth at the instant of the change: if {@code applied}, then exactly once.
 *
 * @param applied whether the condition held and the change was made
 * @param existed whether a live entry was there at that instant
 * @param met the live entry that was there, if the change wanted it, or if the condition was a version and did not
 *     hold; null if there was none
 * @param now the entry that stands there after an applied write; null after a removal, after a write without lifetime,
 *     and if not applied
 * @param version the version of the applied change (also of a removal); null if not applied, or if the change could only
 *     be noted because the far tier does not answer
 */
public record Reply<V>(
        boolean applied,
        boolean existed,
        @Nullable Entry<V> met,
        @Nullable Entry<V> now,
        @Nullable Version version) {

    /** Returns the reply to a change that could only be noted in an outage; what it would have met is not known. */
    public static <V> Reply<V> noted() {
        return new Reply<>(true, false, null, null, null);
    }
}
