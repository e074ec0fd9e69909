package io.nearfar.sample.origin;

import java.util.HashMap;
import java.util.Map;

/** What the caches reported in this thread since the trail began, by cache. */
final class Trail {
    private static final ThreadLocal<Trail> CURRENT = new ThreadLocal<>();

    private final Map<String, Origin> origins = new HashMap<>();

    private Trail() {}

    static Trail begin() {
        Trail trail = new Trail();
        CURRENT.set(trail);
        return trail;
    }

    static void end() {
        CURRENT.remove();
    }

    /** Notes who answered for a cache; the first report counts, and without a trail in this thread it is dropped. */
    static void note(String cache, Origin origin) {
        Trail trail = CURRENT.get();
        if (trail != null) {
            trail.origins.putIfAbsent(cache, origin);
        }
    }

    /** Who answered for a cache; the database if the cache reported no hit. */
    Origin origin(String cache) {
        return origins.getOrDefault(cache, Origin.DATABASE);
    }
}
