package io.nearfar.tool;

import io.nearfar.far.CacheVersion;
import io.nearfar.far.FarNews;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what is changed while somebody watches. Safe for use by several threads. */
final class Changes {
    private static final String ENTRIES = "entries";
    private static final String PATTERN = "pattern";

    private final Map<CacheVersion, Count> counts = new ConcurrentHashMap<>();

    /**
     * What was changed of a cache.
     *
     * @param entries how many were written or removed by themselves
     * @param halves twice the number of clears and of invalidations of tags and patterns
     */
    record Count(long entries, long halves) {
        static final Count NONE = new Count(0, 0);

        private Count plus(Count other) {
            return new Count(entries + other.entries, halves + other.halves);
        }

        /** Returns how often the cache was cleared, or tags or a pattern were invalidated. */
        long invalidations() {
            return (halves + 1) / 2;
        }
    }

    void meet(FarNews news) {
        counts.merge(news.cache(), countOf(news), Count::plus);
    }

    /** What is told in each partition counts in the first; a pattern is told twice, before its walk and after it. */
    private static Count countOf(FarNews news) {
        if (news.kind().equals(ENTRIES)) {
            return new Count(news.names().size(), 0);
        }
        return new Count(0, news.partition() != 0 ? 0 : news.kind().equals(PATTERN) ? 1 : 2);
    }

    Count of(CacheVersion cache) {
        return counts.getOrDefault(cache, Count.NONE);
    }
}
