package io.nearfar.tier;

import io.nearfar.key.Glob;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The patterns that messages have named of late: an invalidation tells its pattern once for each partition, and twice, and what
 * it means is kept for as long. So one is read once, and all partitions keep the same. Safe for use by several threads.
 */
final class RecentGlobs {
    private static final int MOST = 64;

    private final Map<String, Glob> globs = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Glob> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Returns what a pattern means.
     *
     * @throws IllegalArgumentException if it means nothing
     */
    synchronized Glob of(String pattern) {
        return globs.computeIfAbsent(pattern, Glob::of);
    }
}
