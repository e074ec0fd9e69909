package io.nearfar;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link NearfarCache#explain} has found of a key: the copy of this node, the one that all nodes share, and which of them
 * answers. Each was looked at for itself, so that what changes meanwhile may show in one of them only.
 *
 * @param answers the tier that answers a {@code get} of the key, or null if that is a miss, or for the outage policy to say
 * @param why the same as a sentence, with the reason
 * @param near what this node keeps of the key; null if the cache has no near tier
 * @param far what the far tier has of it; null if the cache has none
 */
public record EntryExplanation(
        @Nullable Tier answers,
        String why,
        @Nullable NearCopy near,
        @Nullable FarCopy far) {

    /**
     * What the write of a copy said.
     *
     * @param stamp of the write, in microseconds of the server's clock; copies with the same one are of the same write
     * @param age how long ago it was made, by the server's clock
     * @param lives for how long its time is not over yet, negative once it is; null if it has no end
     * @param tags its tags, sorted; those of declared namespaces are not among them
     */
    public record Written(
            long stamp, Duration age, @Nullable Duration lives, List<String> tags) {
        /** Copies the tags. */
        public Written {
            tags = List.copyOf(tags);
        }
    }

    /**
     * What this node keeps of a key.
     *
     * @param state whether it answers, or why not
     * @param why the same as a sentence
     * @param written what its write said; null if nothing is kept
     * @param stays for how long the near tier may keep it, whatever its time-to-live, negative once that is over; null if nothing
     *     is kept, and without a far tier
     * @param sinceVerified how long ago the messages of other nodes were last known to have come, in the key's partition;
     *     null if nothing is kept, and without a far tier
     */
    public record NearCopy(
            NearState state,
            String why,
            @Nullable Written written,
            @Nullable Duration stays,
            @Nullable Duration sinceVerified) {}

    /** Whether the copy of this node answers, or why not. */
    public enum NearState {
        /** It answers. */
        SERVED,
        /** Nothing is kept. */
        ABSENT,
        /** The messages of other nodes were not known to have come within {@code nearfar.near.lease}. */
        LEASE_OVER,
        /** It has stayed as long as {@code nearfar.cache.<name>.near.ttl}, or its own near time-to-live, allows. */
        STAY_OVER,
        /** Its time is over. */
        EXPIRED,
        /** One of its tags, or its namespace, was invalidated after it was written. */
        INVALIDATED,
        /** The cache was cleared after it was written. */
        CLEARED,
        /** A pattern that its key matches was invalidated, or another write took its place just now. */
        OVERTAKEN,
        /** Messages were lost, or a connection was made anew, after it was read. */
        MESSAGES_LOST
    }

    /**
     * What the far tier has of a key.
     *
     * @param state whether it answers, or why not
     * @param why the same as a sentence
     * @param name the key's name in Redis; null if the far tier could not be asked
     * @param written what its write said; null if there is none that can be told
     * @param bytes how long the whole of it is; 0 if nothing is there
     * @param codec the name of what wrote the value, {@code compact} for standard types; empty if there is no value
     * @param type the value's class, as far as that can be told
     */
    public record FarCopy(
            FarState state,
            String why,
            @Nullable String name,
            @Nullable Written written,
            long bytes,
            String codec,
            @Nullable String type) {}

    /** Whether the copy of the far tier answers, or why not. */
    public enum FarState {
        /** It answers. */
        LIVE,
        /** Nothing is there: never written, removed, expired or evicted. */
        ABSENT,
        /** The far tier cannot be asked: the outage policy says what is answered. */
        UNREACHABLE,
        /** Its time is over. In its grace it answers for loads that fail. */
        EXPIRED,
        /** One of its tags, or its namespace, was invalidated after it was written. */
        INVALIDATED,
        /** It has tags, and what was invalidated since is not known any more. */
        TAGS_FORGOTTEN,
        /** The cache was cleared after it was written. */
        CLEARED,
        /** What tells of clears and invalidations was evicted or flushed, or is of a newer format. */
        WITHOUT_META,
        /** Somebody loads the value, or lets it rest after a load that failed, and this stands for it. */
        LOADING,
        /** A load has found nothing, and that is remembered. */
        NOTHING,
        /** The value cannot be decoded here: its class is not allowed, or it was written by another codec. */
        UNREADABLE,
        /** It lies in a namespace that the node which has written it has not declared. */
        OUT_OF_REACH,
        /** It is damaged, cut short, longer than the value limit or of a newer format. */
        GARBAGE,
        /** It is no string, and so none of Nearfar's. */
        FOREIGN
    }
}
