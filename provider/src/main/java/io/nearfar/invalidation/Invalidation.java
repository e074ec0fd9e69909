package io.nearfar.invalidation;

import io.nearfar.entry.Version;
import java.util.List;

/**
 * The message that every write of the far tier publishes.
 *
 * @param partition where it happened
 * @param previous the last write of the partition before it
 * @param version the write
 * @param kind what it names
 * @param cache the name of the cache
 * @param names the texts of the keys that changed, or the tags, or the patterns; empty for {@link Kind#CLEAR}
 */
public record Invalidation(
        int partition, Version previous, Version version, Kind kind, String cache, List<String> names) {

    /** What a message names. */
    public enum Kind {
        /** Some keys were written or removed. */
        ENTRIES,
        /** All entries of the cache in this partition were cleared. */
        CLEAR,
        /** All entries of the cache in this partition that carry one of some tags were declared dead. */
        TAGS,
        /** All entries of the cache in this partition whose keys match a pattern are being removed, or just were. */
        PATTERN
    }
}
