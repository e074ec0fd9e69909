package io.nearfar.config;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Beginnings of keys that a cache declares, so that what begins so is invalidated without a look at every key: an entry
 * carries a tag for each that its key begins with. No user can give such a tag, for it begins with U+0000.
 *
 * @param prefixes what a person reads at the beginning of keys
 */
public record Namespaces(List<String> prefixes) {
    /** That of a cache that declares none. */
    public static final Namespaces NONE = new Namespaces(List.of());

    /** As many as there is room for in an entry beside its own tags. */
    static final int MOST = 16;

    /** A tag has 200 bytes at most. */
    static final int LONGEST_BYTES = 199;

    private static final String RESERVED = "\0";

    /** Copies the prefixes. */
    public Namespaces {
        prefixes = List.copyOf(prefixes);
    }

    /** Returns those of a list in the settings, or null if one cannot be declared. */
    static @Nullable Namespaces of(@Nullable List<String> texts) {
        boolean allowed = texts != null
                && texts.size() <= MOST
                && new HashSet<>(texts).size() == texts.size()
                && texts.stream().allMatch(Namespaces::isAllowed);
        return texts == null || !allowed ? null : new Namespaces(texts);
    }

    private static boolean isAllowed(String prefix) {
        return !prefix.isEmpty()
                && StandardCharsets.UTF_8.newEncoder().canEncode(prefix)
                && prefix.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
    }

    /** Tells whether none is declared. */
    public boolean isNone() {
        return prefixes.isEmpty();
    }

    /**
     * Returns the tags of the entry of a key.
     *
     * @param readable what a person reads in the key, or null if that is nothing
     */
    public List<String> tags(@Nullable String readable) {
        return readable == null
                ? List.of()
                : prefixes.stream()
                        .filter(readable::startsWith)
                        .map(RESERVED::concat)
                        .toList();
    }

    /** Returns the prefix whose tag that is, or null if it is one that a user has given. */
    public static @Nullable String ofTag(String tag) {
        return tag.startsWith(RESERVED) ? tag.substring(RESERVED.length()) : null;
    }

    /** Returns the tag of all keys that begin so, or null if that is not declared. */
    public @Nullable String tag(String prefix) {
        return prefixes.contains(prefix) ? RESERVED + prefix : null;
    }
}
