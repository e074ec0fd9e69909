package io.nearfar;

import java.util.List;
import java.util.Set;

/**
 * What a named invalidation has done. Immutable, but for walks that are still under way.
 *
 * @param name of the invalidation
 * @param caches the caches that it has met, in the order of their names
 * @param missing names and patterns of its declaration by which no cache was met: none of that name is open in this manager, and
 *     the far tier has none; or, in an outage, nothing could be done in one that is not open here
 */
public record InvalidationReport(String name, List<InCache> caches, List<String> missing) {
    /**
     * What it has done in one cache.
     *
     * @param cache the cache's name
     * @param open whether the cache is open in this manager; if not, it was invalidated in the far tier alone
     * @param tags the tags that were invalidated
     * @param keys the keys whose entries were removed, or are by walks
     * @param walks the walks over keys, for prefixes, patterns and keys that only a walk finds; at their end, unless they were
     *     started in the background
     * @param cleared whether all entries were ended
     */
    public record InCache(
            String cache,
            boolean open,
            Set<String> tags,
            Set<String> keys,
            List<PatternInvalidation> walks,
            boolean cleared) {
        /**
         * Creates one.
         *
         * @throws NullPointerException if something is null
         */
        public InCache {
            tags = Set.copyOf(tags);
            keys = Set.copyOf(keys);
            walks = List.copyOf(walks);
        }

        /** Returns how many entries the walks have removed so far. */
        public long removed() {
            return walks.stream().mapToLong(PatternInvalidation::removed).sum();
        }
    }

    /**
     * Creates one.
     *
     * @throws NullPointerException if something is null
     */
    public InvalidationReport {
        caches = List.copyOf(caches);
        missing = List.copyOf(missing);
    }
}
