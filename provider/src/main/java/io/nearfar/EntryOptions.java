package io.nearfar;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a single write says of its entry: how long it lives, how long near tiers keep it, how long it is kept after its time
 * for loads that fail, and its tags. Immutable; each method returns options that differ in one thing. What is not set is as it would be without options: the cache's settings,
 * among them rules for the key, and its expiry policy decide.
 *
 * <pre>{@code
 * cache.put(key, value, EntryOptions.NONE.withTimeToLive(Duration.ofMinutes(10)).withTags("catalog"));
 * }</pre>
 *
 * <p>Options belong to the write that brought them. The next write of the key begins anew: a plain {@code put} leaves an
 * entry without options, and so without tags. An access that the expiry policy counts gives the entry the lifetime that the policy says,
 * unless a rule of the settings is for the key: rules leave accesses alone.
 */
public final class EntryOptions {
    /** An entry carries so many tags at most. */
    public static final int MAXIMUM_TAGS = 32;

    /** A tag has so many bytes of UTF-8 at most. */
    public static final int MAXIMUM_TAG_BYTES = 200;

    /** Options that set nothing. */
    public static final EntryOptions NONE = new EntryOptions(null, null, null, Set.of());

    private final @Nullable Duration timeToLive;
    private final @Nullable Duration nearTimeToLive;
    private final @Nullable Duration grace;
    private final Set<String> tags;

    private EntryOptions(
            @Nullable Duration timeToLive,
            @Nullable Duration nearTimeToLive,
            @Nullable Duration grace,
            Set<String> tags) {
        this.timeToLive = timeToLive;
        this.nearTimeToLive = nearTimeToLive;
        this.grace = grace;
        this.tags = tags;
    }

    /**
     * Returns options with this time-to-live: the entry is served for so long after the write, whether the write creates
     * or updates it, and whatever rules, settings and expiry policy of the cache say; the policy is not asked.
     *
     * @param timeToLive at least a millisecond, of which it is counted in whole ones; a hundred years or more stand for
     *     no end
     * @throws NullPointerException if it is null
     * @throws IllegalArgumentException if it is shorter than a millisecond
     */
    public EntryOptions withTimeToLive(Duration timeToLive) {
        Objects.requireNonNull(timeToLive, "timeToLive is null; leave the call out to let the expiry policy decide");
        if (timeToLive.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("A time-to-live of " + timeToLive
                    + " is none: give a millisecond or more, or remove the entry instead of writing it");
        }
        return new EntryOptions(timeToLive, nearTimeToLive, grace, tags);
    }

    /**
     * Returns options with this near time-to-live: a near tier over a far one keeps the entry for so long at most, and then
     * asks the far tier again. It shortens {@code nearfar.cache.<name>.near.ttl} and never prolongs it. A cache
     * without far tier has nobody to ask, and leaves it out of account.
     *
     * @param nearTimeToLive zero or more; zero keeps the entry out of near tiers
     * @throws NullPointerException if it is null
     * @throws IllegalArgumentException if it is negative
     */
    public EntryOptions withNearTimeToLive(Duration nearTimeToLive) {
        Objects.requireNonNull(nearTimeToLive, "nearTimeToLive is null; leave the call out to let the settings decide");
        if (nearTimeToLive.isNegative()) {
            throw new IllegalArgumentException("A near time-to-live of " + nearTimeToLive
                    + " is less than none: give zero to keep the entry out of near tiers");
        }
        return new EntryOptions(timeToLive, nearTimeToLive, grace, tags);
    }

    /**
     * Returns options with this grace: after its time the entry is kept for so long, and answers in place of a load of its key
     * that fails, on any node. For all else it has expired. Takes the place of {@code nearfar.cache.<name>.grace}. A write,
     * a removal or an invalidation of the key ends what is kept.
     *
     * @param grace zero or more, counted in whole milliseconds; zero keeps nothing
     * @throws NullPointerException if it is null
     * @throws IllegalArgumentException if it is negative
     */
    public EntryOptions withGrace(Duration grace) {
        Objects.requireNonNull(grace, "grace is null; leave the call out to let the settings decide");
        if (grace.isNegative()) {
            throw new IllegalArgumentException(
                    "A grace of " + grace + " is less than none: give zero to keep nothing after its time");
        }
        return new EntryOptions(timeToLive, nearTimeToLive, grace, tags);
    }

    /**
     * Returns options with these tags and no others: {@link NearfarCache#invalidateTags} of any of them ends the entry's life,
     * on all nodes.
     *
     * @param tags at most {@value #MAXIMUM_TAGS}; each of 1 to {@value #MAXIMUM_TAG_BYTES} bytes of UTF-8, any characters, but
     *     none begins with U+0000
     * @throws NullPointerException if it, or one of them, is null
     * @throws IllegalArgumentException if there are too many, or one is empty, too long, no Unicode text, or begins with
     *     U+0000
     */
    public EntryOptions withTags(Collection<String> tags) {
        Objects.requireNonNull(tags, "tags is null; give none to have no tags").forEach(EntryOptions::check);
        Set<String> copy = Set.copyOf(tags);
        if (copy.size() > MAXIMUM_TAGS) {
            throw new IllegalArgumentException("An entry carries at most " + MAXIMUM_TAGS + " tags, and is given "
                    + copy.size() + "; use fewer, coarser ones");
        }
        return new EntryOptions(timeToLive, nearTimeToLive, grace, copy);
    }

    /** Like {@link #withTags(Collection)}. */
    public EntryOptions withTags(String... tags) {
        return withTags(
                new HashSet<>(Arrays.asList(Objects.requireNonNull(tags, "tags is null; give none to have no tags"))));
    }

    private static void check(String tag) {
        Objects.requireNonNull(tag, "A tag is null; leave it out");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(tag)) {
            throw new IllegalArgumentException("A tag has half of a surrogate pair in it, which is no text: " + tag);
        }
        if (tag.indexOf('\0') == 0) {
            throw new IllegalArgumentException("A tag begins with U+0000, which namespaces of keys begin with: '"
                    + tag.substring(1) + "'; begin it otherwise");
        }
        int length = tag.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAXIMUM_TAG_BYTES) {
            throw new IllegalArgumentException("A tag has 1 to " + MAXIMUM_TAG_BYTES + " bytes of UTF-8, and this one "
                    + length + ": '" + tag + "'; leave it out, or make it shorter, by a hash say");
        }
    }

    /** Returns the time-to-live, or null if the cache's expiry policy decides. */
    public @Nullable Duration timeToLive() {
        return timeToLive;
    }

    /** Returns the near time-to-live, or null if the cache's settings decide. */
    public @Nullable Duration nearTimeToLive() {
        return nearTimeToLive;
    }

    /** Returns the grace, or null if the cache's settings decide. */
    public @Nullable Duration grace() {
        return grace;
    }

    /** Returns the tags; unmodifiable, empty if there are none. */
    public Set<String> tags() {
        return tags;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntryOptions that
                && Objects.equals(timeToLive, that.timeToLive)
                && Objects.equals(nearTimeToLive, that.nearTimeToLive)
                && Objects.equals(grace, that.grace)
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeToLive, nearTimeToLive, grace, tags);
    }

    @Override
    public String toString() {
        return "EntryOptions[timeToLive=" + timeToLive + ", nearTimeToLive=" + nearTimeToLive + ", grace=" + grace
                + ", tags=" + tags + "]";
    }
}
