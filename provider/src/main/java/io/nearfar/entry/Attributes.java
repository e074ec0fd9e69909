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
 * @param graceMillis how long the entry is kept after its end for loads that fail, in milliseconds; {@link #AS_CONFIGURED}
 *     if the cache's settings say that
 */
public record Attributes(List<String> tags, long nearMillis, long graceMillis) {
    /** The cache's settings decide. */
    public static final long AS_CONFIGURED = -1;

    /** What a write says that says nothing: no tags, and nothing of near tier and grace. */
    public static final Attributes NONE = new Attributes(List.of(), AS_CONFIGURED);

    /** Copies the tags. */
    public Attributes {
        tags = List.copyOf(tags);
        if (nearMillis < AS_CONFIGURED || graceMillis < AS_CONFIGURED) {
            throw new IllegalArgumentException(
                    "Near time-to-live and grace are milliseconds from 0, or AS_CONFIGURED; got " + nearMillis + " and "
                            + graceMillis);
        }
    }

    /** Creates attributes that say nothing of a grace. */
    public Attributes(List<String> tags, long nearMillis) {
        this(tags, nearMillis, AS_CONFIGURED);
    }

    /** Returns attributes with these tags, in whatever order they come. */
    public static Attributes of(Collection<String> tags, long nearMillis) {
        return of(tags, nearMillis, AS_CONFIGURED);
    }

    /** Likewise, with a grace. */
    public static Attributes of(Collection<String> tags, long nearMillis, long graceMillis) {
        return tags.isEmpty() && nearMillis == AS_CONFIGURED && graceMillis == AS_CONFIGURED
                ? NONE
                : new Attributes(List.copyOf(new TreeSet<>(tags)), nearMillis, graceMillis);
    }

    /** Returns for how long the entry is kept after its end where the settings say {@code configured}, in milliseconds. */
    public long graceOr(long configured) {
        return graceMillis == AS_CONFIGURED ? configured : graceMillis;
    }

    /** Returns the same with that grace, in milliseconds; where it is none, nothing is said of it. */
    public Attributes inGrace(long millis) {
        long said = millis == 0 ? AS_CONFIGURED : millis;
        return said == graceMillis ? this : of(tags, nearMillis, said);
    }

    /** Tells whether there are tags. */
    public boolean isTagged() {
        return !tags.isEmpty();
    }
}
