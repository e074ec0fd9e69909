package io.nearfar.benchmarks.size;

import io.nearfar.NearfarCache;
import io.nearfar.benchmarks.peer.NearfarCaches;
import io.nearfar.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;

/** What it costs to invalidate a tag that so many entries carry. The tags are those of namespaces, which putAll gives too. */
final class TaggedRun {
    private static final int TAGS = 9;
    private static final int CHUNK = 1_000;
    private static final double NANOS_OF_A_MILLI = 1e6;
    private static final String CACHE = "tagged";

    private TaggedRun() {}

    /** Returns for each of the tags the milliseconds until its entries were gone. */
    static Series millis(String address, int entries) {
        Map<String, String> settings = Map.of(
                "nearfar.cache." + CACHE + ".namespaces",
                IntStream.range(0, TAGS).mapToObj(TaggedRun::namespace).collect(Collectors.joining(",")));
        try (NearfarCaches node = NearfarCaches.open(address, "benchmark-tags-" + entries, settings)) {
            Cache<String, Long> cache = node.cache(CACHE);
            for (int first = 0; first < entries; first += CHUNK) {
                Map<String, Long> chunk = new HashMap<>();
                for (int i = first; i < first + CHUNK; i++) {
                    chunk.put(namespace(i % TAGS) + i, (long) i);
                }
                cache.putAll(chunk);
            }
            List<Double> millis = new ArrayList<>();
            for (int tag = 0; tag < TAGS; tag++) {
                String key = namespace(tag) + tag;
                mustBe(cache.containsKey(key), "is not there");
                long begun = System.nanoTime();
                cache.unwrap(NearfarCache.class).invalidatePrefix(namespace(tag));
                millis.add((System.nanoTime() - begun) / NANOS_OF_A_MILLI);
                mustBe(!cache.containsKey(key), "is still there");
            }
            return new Series(millis);
        }
    }

    private static String namespace(int number) {
        return "tag-" + number + ":";
    }

    private static void mustBe(boolean so, String otherwise) {
        if (!so) {
            throw new IllegalStateException("An entry of a tag " + otherwise + "; its figure would mean nothing");
        }
    }
}
