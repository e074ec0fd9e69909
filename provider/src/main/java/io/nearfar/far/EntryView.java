package io.nearfar.far;

import io.nearfar.config.Namespaces;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies under a key of a cache, and whether it is live.
 *
 * @param name the key's name in the far tier
 * @param partition the key's partition
 * @param state whether an entry is there and live, or why not
 * @param detail what the state speaks of: the tag that was invalidated; else empty
 * @param now the server's time, in microseconds
 * @param millisToLive how long the server keeps the key, -1 for ever, -2 if there is none
 * @param bytes how long the whole of it is
 * @param written what its envelope says, or null if it has none
 * @param limits what is known of the cache in the partition, or null if the cache's meta is not there
 * @param kept whether it has ended and answers where a load fails, since it is in its grace
 */
public record EntryView(
        String name,
        int partition,
        State state,
        String detail,
        long now,
        long millisToLive,
        long bytes,
        @Nullable Written written,
        @Nullable Limits limits,
        boolean kept) {

    /** Whether an entry is live, or why not. */
    public enum State {
        /** It is there, and caches answer with it. */
        LIVE,
        /** Nothing is there. */
        ABSENT,
        /** Something is there that is no string, and so none of Nearfar's. */
        FOREIGN,
        /** What is there is damaged, cut short, or of a newer format. */
        GARBAGE,
        /** Somebody loads the value, or lets it rest after a load that failed, and this stands for it. */
        LOADING,
        /** A load has found nothing, and this says so. */
        NOTHING,
        /** It lies in a namespace that the node which has written it has not declared. */
        OUT_OF_REACH,
        /** Its time is up. */
        EXPIRED,
        /** The cache was cleared after it was written. */
        CLEARED,
        /** The cache's meta is not there, so that nobody knows what was cleared. */
        WITHOUT_META,
        /** One of its tags was invalidated after it was written. */
        INVALIDATED,
        /** It has tags, and what was invalidated since is not known any more. */
        TAGS_FORGOTTEN
    }

    /**
     * What an envelope says.
     *
     * @param stamp of the write, microseconds of the server's clock
     * @param nonce of the writer
     * @param created server time, in microseconds
     * @param expires server time, in microseconds, or null if never
     * @param tags the entry's tags
     * @param nearMillis how long a near tier keeps it, or null if the settings say
     * @param compression how the value is compressed
     * @param keyBytes how long the encoded key is that it carries
     * @param valueBytes how long the stored value is
     * @param codec what wrote the value
     * @param type the value's class, as far as it can be told
     * @param value the value, or null if it cannot be decoded here
     * @param plain the value before decoding, expanded; null if it cannot be expanded here
     * @param unread why it cannot be expanded here; null if it can
     */
    @SuppressWarnings("ArrayRecordComponent") // only carried
    public record Written(
            long stamp,
            long nonce,
            long created,
            @Nullable Long expires,
            List<String> tags,
            @Nullable Long nearMillis,
            String compression,
            long keyBytes,
            long valueBytes,
            String codec,
            @Nullable String type,
            @Nullable Object value,
            byte @Nullable [] plain,
            @Nullable Unread unread) {}

    /** Why a compressed value cannot be expanded here. */
    public enum Unread {
        /** The library of its method is not here. */
        WITHOUT_LIBRARY,
        /** It is longer than the settings here allow. */
        ABOVE_LIMIT,
        /** It is damaged; no node can read it. */
        DAMAGED
    }

    /**
     * What is known of a cache in a partition.
     *
     * @param clearedAt entries up to this stamp are dead
     * @param tagStamp the stamp of the last invalidation of tags, 0 if there was none
     * @param tagFloor entries with tags are dead up to this stamp
     */
    public record Limits(long clearedAt, long tagStamp, long tagFloor) {}

    /** Tells whether caches answer with it. */
    public boolean isLive() {
        return state == State.LIVE;
    }

    /** Returns why it is live or not, as a sentence. */
    public String sentence() {
        return switch (state) {
            case LIVE -> "caches answer with it";
            case ABSENT -> "nothing is there: never written, removed, expired or evicted";
            case FOREIGN -> "something is there that is no string, and so none of Nearfar's";
            case GARBAGE ->
                "what is there is damaged, cut short, longer than the value limit or of a newer format; it counts as missing";
            case LOADING ->
                "somebody loads the value, or lets it rest after a load that failed, and this stands for it";
            case NOTHING -> "a load has found nothing, which is remembered";
            case OUT_OF_REACH -> "it lies in a namespace that the node which has written it has not declared";
            case EXPIRED -> "its time is up" + whetherKept();
            case CLEARED -> "the cache was cleared after it was written";
            case WITHOUT_META ->
                "the cache's meta is not there (evicted, flushed, or of a newer format), so all entries are dead";
            case INVALIDATED -> invalidated();
            case TAGS_FORGOTTEN -> "it has tags and is older than what is remembered of invalidations";
        };
    }

    private String whetherKept() {
        return kept ? "; it is kept for loads that fail" : "";
    }

    private String invalidated() {
        String namespace = Namespaces.ofTag(detail);
        return (namespace == null ? "the tag " + detail : "the namespace " + namespace)
                + " was invalidated after it was written";
    }
}
