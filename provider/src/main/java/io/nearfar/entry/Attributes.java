package io.nearfar.entry;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What a write says of its entry beside value and lifetime.
 *
 * @param tags the entry's tags, sorted, each once
 * @param nearMillis how long a near tier keeps the entry at most, in milliseconds; {@link #AS_CONFIGURED} if only the
 *     cache's settings bound that
 */
public record Attributes(List<String> tags, long nearMillis) {
    /** The near tier keeps the entry as long as the cache's settings say. */
    public static final long AS_CONFIGURED = -1;

    /** What a write says that says nothing: no tags, and nothing of the near tier. */
    public static final Attributes NONE = new Attributes(List.of(), AS_CONFIGURED);

    /** Copies the tags. */
    public Attributes {
        tags = List.copyOf(tags);
        if (nearMillis < AS_CONFIGURED) {
            throw new IllegalArgumentException(
                    "A near time-to-live is milliseconds from 0, or AS_CONFIGURED; got " + nearMillis);
        }
    }

    /** Returns attributes with these tags, in whatever order they come. */
    public static Attributes of(Collection<String> tags, long nearMillis) {
        return tags.isEmpty() && nearMillis == AS_CONFIGURED
                ? NONE
                : new Attributes(List.copyOf(new TreeSet<>(tags)), nearMillis);
    }

    /** Tells whether there are tags. */
    public boolean isTagged() {
        return !tags.isEmpty();
    }
}
