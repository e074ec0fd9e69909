package io.nearfar.cdi.fragment;

import io.nearfar.EntryOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * How a fragment is kept, and what it depends on besides its name and key. Immutable: each method returns another.
 *
 * <pre>{@code
 * FragmentOptions.NONE.withTimeToLive(Duration.ofMinutes(10)).withTags("prices").varyingBy(locale)
 * }</pre>
 */
public final class FragmentOptions {
    /** The settings of the cache decide, and there is one fragment for all. */
    public static final FragmentOptions NONE = new FragmentOptions(EntryOptions.NONE, List.of(), false);

    /** One is ours: the name of the fragment. */
    private static final int MOST_TAGS = EntryOptions.MAXIMUM_TAGS - 1;

    private final EntryOptions entry;
    private final List<Object> varying;
    private final boolean isPrivate;

    private FragmentOptions(EntryOptions entry, List<Object> varying, boolean isPrivate) {
        this.entry = entry;
        this.varying = varying;
        this.isPrivate = isPrivate;
    }

    /**
     * Returns options that keep the fragment for so long.
     *
     * @throws NullPointerException if it is null
     * @throws IllegalArgumentException if it is less than a millisecond
     */
    public FragmentOptions withTimeToLive(Duration timeToLive) {
        return new FragmentOptions(entry.withTimeToLive(timeToLive), varying, isPrivate);
    }

    /**
     * Returns options that keep the fragment for so long after its time, to be shown if rendering fails.
     *
     * @throws NullPointerException if it is null
     * @throws IllegalArgumentException if it is negative
     */
    public FragmentOptions withGrace(Duration grace) {
        return new FragmentOptions(entry.withGrace(grace), varying, isPrivate);
    }

    /**
     * Returns options that give the fragment these tags, in the place of those before, so that {@link Fragments#invalidateTags}
     * ends it.
     *
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if there are more than 31, or one is empty or longer than 200 bytes
     */
    public FragmentOptions withTags(String... tags) {
        EntryOptions tagged = entry.withTags(tags);
        if (tagged.tags().size() > MOST_TAGS) {
            throw new IllegalArgumentException("A fragment has " + tagged.tags().size() + " tags, and it can carry "
                    + MOST_TAGS + ". Invalidate by fewer, of which each stands for more");
        }
        return new FragmentOptions(tagged, varying, isPrivate);
    }

    /**
     * Returns options with which there is a fragment for each of these values together, such as a locale, a currency, a role; in
     * the place of those before. They can be what a key can be; a {@link Locale} counts by its language tag.
     *
     * @throws NullPointerException if one is null
     */
    public FragmentOptions varyingBy(Object... values) {
        List<Object> copies = new ArrayList<>();
        for (Object value : values) {
            copies.add(
                    value instanceof Locale locale
                            ? locale.toLanguageTag()
                            : Objects.requireNonNull(value, "A value by which a fragment varies is null"));
        }
        return new FragmentOptions(entry, List.copyOf(copies), isPrivate);
    }

    /**
     * Returns options with which each person has fragments of their own, by the name of the principal that {@link
     * io.nearfar.cdi.request.RequestFacts} tells. Where nobody is signed in the fragment is rendered and not kept.
     */
    public FragmentOptions privateToPrincipal() {
        return new FragmentOptions(entry, varying, true);
    }

    List<Object> varying() {
        return varying;
    }

    boolean isPrivate() {
        return isPrivate;
    }

    /** Returns how the entry is kept that has this tag too. */
    EntryOptions entry(String tag) {
        Set<String> tags = new LinkedHashSet<>(entry.tags());
        tags.add(tag);
        return entry.withTags(tags);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FragmentOptions options
                && entry.equals(options.entry)
                && varying.equals(options.varying)
                && isPrivate == options.isPrivate;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {entry, varying, isPrivate});
    }

    /** Returns all that is set, for logs. */
    @Override
    public String toString() {
        return entry + (varying.isEmpty() ? "" : " varying by " + varying) + (isPrivate ? " private" : "");
    }
}
