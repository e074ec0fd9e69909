package io.nearfar.far;

import io.nearfar.key.Keyspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of all caches of a prefix, or of one in all its versions, page by page, each once. Used by one thread. */
final class CacheEntries {
    private static final int PAGE = 500;

    private final Keyspace keyspace;
    private final @Nullable String only;
    private final KeyPages pages;
    private final Seen seen = new Seen();

    /** Begins a walk over the entries of one cache, or of all if {@code only} is null. */
    CacheEntries(Calls calls, Keyspace keyspace, @Nullable String only) {
        this.keyspace = keyspace;
        this.only = only;
        String pattern = only == null ? keyspace.entryPattern() : keyspace.versionsPattern(only);
        this.pages = new KeyPages(calls, pattern, PAGE);
    }

    /**
     * An entry by its name, and what that says.
     *
     * @param name of the entry
     * @param cache whose entry it is
     * @param key the text of its key
     * @param partition where it lies
     */
    record Found(String name, CacheVersion cache, String key, int partition) {}

    /** Returns the next page, which can be empty, or null at the end. */
    @Nullable
    List<Found> next() {
        List<String> names = pages.next();
        return names == null ? null : page(names);
    }

    private List<Found> page(List<String> names) {
        List<Found> page = new ArrayList<>(names.size());
        for (String name : names) {
            Found found = found(name);
            if (found != null && (only == null || only.equals(found.cache.cache())) && seen.add(name)) {
                page.add(found);
            }
        }
        return page;
    }

    private @Nullable Found found(String name) {
        String stored = keyspace.cacheOf(name);
        String key = stored == null ? null : keyspace.entryText(stored, name);
        return stored == null || key == null
                ? null
                : new Found(name, CacheVersion.of(stored), key, keyspace.partitionIn(name));
    }
}
