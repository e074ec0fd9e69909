package io.nearfar.fault.scenario;

import io.nearfar.fault.node.Caches;
import java.util.Map;

/** How much of what there is beyond the standard the caches of a run have switched on. */
enum Extent {
    /** What it takes to work in every way, by the defaults. */
    PLAIN("POLLER,WRITER,MIXER", Map.of()),
    /** All of it at once. */
    EVERYTHING(
            "POLLER,WRITER,MIXER,ENRICHER",
            Map.ofEntries(
                    Map.entry(Caches.ENRICHED, "true"),
                    Map.entry("nearfar.keyspace-events", "true"),
                    Map.entry("nearfar.ttl.jitter", "5%"),
                    Map.entry("nearfar.codec", "kryo"),
                    Map.entry("nearfar.codec.allow", "io.nearfar.fault.node.Weighted"),
                    Map.entry("nearfar.compression", "deflate"),
                    Map.entry("nearfar.compression.threshold", "64B"),
                    Map.entry("nearfar.cache.*.version", "2"),
                    Map.entry("nearfar.cache.kept.grace", "10s"),
                    Map.entry("nearfar.cache.kept.stale-while-revalidate", "150ms"),
                    Map.entry("nearfar.cache.kept.refresh-ahead", "40%"),
                    Map.entry("nearfar.cache.kept.ttl.negative", "200ms"),
                    Map.entry("nearfar.cache.kept.fail-safe.throttle", "50ms"),
                    Map.entry("nearfar.cache.kept.load.soft-timeout", "5ms"),
                    Map.entry("nearfar.cache.kept.load.hard-timeout", "15s"),
                    Map.entry("nearfar.cache.kept.load-lease", "1s"),
                    Map.entry("nearfar.cache.kept.load.limit", "1000000"),
                    Map.entry("nearfar.cache.loaded.load.limit", "1000000"),
                    Map.entry("nearfar.cache.absent.ttl.negative", "10s"),
                    Map.entry("nearfar.invalidation." + Caches.EVERYTHING + ".caches", "tagged"),
                    Map.entry("nearfar.invalidation." + Caches.EVERYTHING + ".tags", "all"),
                    Map.entry("nearfar.invalidation." + Caches.HALF + ".caches", "patterned"),
                    Map.entry("nearfar.invalidation." + Caches.HALF + ".prefixes", "a")));

    /** So long an entry is left alone that could not be loaded again before its end. */
    private static final long RESTS = 1_500;

    /** Says of a row of a table that it is of {@link #EVERYTHING}. */
    static final String ALL_ON = "everything switched on";

    private final String parts;
    private final Map<String, String> settings;

    Extent(String parts, Map<String, String> settings) {
        this.parts = parts;
        this.settings = settings;
    }

    /** Returns what the threads of a node do. */
    String parts() {
        return parts;
    }

    /** Returns how many milliseconds it takes until nothing is under way any more, in quiet. */
    long rests() {
        return this == EVERYTHING ? RESTS : 0;
    }

    Map<String, String> settings() {
        return settings;
    }
}
