package io.nearfar.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.testing.RealRedis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An invalidation of a tag is seen by other JVMs that keep an entry of it near. How soon is printed and judged by nobody: that is a
 * matter of the machine. {@code -Dtags.rounds=2000} measures for long enough to trust the figures.
 */
@Timeout(600)
class TagsSeenTest {
    private static final int NODES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** When an invalidation was called, and when it had returned. */
    private record Call(long begun, long ended) {}

    @Test
    void invalidation_isSeenByEveryJvm_eachTime() throws Exception {
        int rounds = Integer.getInteger("tags.rounds", 30);
        try (RealRedis redis = RealRedis.start()) {
            Map<String, String> settings = Map.of(
                    "nearfar.address",
                    redis.address(),
                    "nearfar.prefix",
                    "tags-seen",
                    "nearfar.outage",
                    "closed",
                    "nearfar.deadline",
                    "9s",
                    "nearfar.connect-timeout",
                    "5s");
            try (Node first = Node.start(0, settings);
                    Node second = Node.start(1, settings);
                    CacheManager judge = judge(settings)) {
                Cache<String, Long> cache = NodeMain.cache(judge);
                NodeMain.await(cache);
                List<CompletableFuture<List<String>>> seeing =
                        List.of(first.contest(Contest.SEE_GONE), second.contest(Contest.SEE_GONE));
                List<Call> calls = calls(cache, rounds);
                List<Long> fromReturn = new ArrayList<>();
                List<Long> fromCall = new ArrayList<>();
                for (CompletableFuture<List<String>> node : seeing) {
                    List<String> seen = node.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    assertThat(seen).hasSize(rounds);
                    for (int round = 0; round < rounds; round++) {
                        String[] parts = seen.get(round).split(":");
                        assertThat(Integer.parseInt(parts[0])).isEqualTo(round + 1);
                        Call call = calls.get(round);
                        long at = Long.parseLong(parts[1]);
                        assertThat(at).as("seen no sooner than it was called").isGreaterThan(call.begun);
                        fromCall.add(at - call.begun);
                        fromReturn.add(Math.max(0, at - call.ended));
                    }
                }
                System.out.println("Tags between JVMs, " + rounds + " times on " + NODES + " others: from the call "
                        + figures(fromCall) + "; from its return " + figures(fromReturn));
            }
        }
    }

    /** Nodes say when they are ready, and when they have seen it. */
    private static List<Call> calls(Cache<String, Long> cache, int rounds) {
        NearfarCache<String, Long> tagged = unwrapped(cache);
        List<Call> calls = new ArrayList<>();
        for (long round = 1; round <= rounds; round++) {
            tagged.put(Contest.WATCHED, round, EntryOptions.NONE.withTags("watched"));
            awaitAll(cache, Contest::near, round);
            long begun = System.nanoTime();
            tagged.invalidateTag("watched");
            calls.add(new Call(begun, System.nanoTime()));
            awaitAll(cache, Contest::gone, round);
        }
        tagged.put(Contest.WATCHED, -1L);
        return calls;
    }

    @SuppressWarnings("unchecked")
    private static NearfarCache<String, Long> unwrapped(Cache<String, Long> cache) {
        return cache.unwrap(NearfarCache.class);
    }

    private static void awaitAll(Cache<String, Long> cache, IntFunction<String> word, long round) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> assertThat(IntStream.range(0, NODES)
                                .mapToObj(word)
                                .map(cache::get)
                                .toList())
                        .as("what nodes say in round " + round)
                        .containsOnly(round));
    }

    private static String figures(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return String.format(
                "p50 %.2f ms, p99 %.2f ms, worst %.2f ms",
                millis(sorted.get(sorted.size() / 2)),
                millis(sorted.get(sorted.size() * 99 / 100)),
                millis(sorted.get(sorted.size() - 1)));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static CacheManager judge(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return Caching.getCachingProvider()
                .getCacheManager(URI.create("nearfar:tags-seen"), TagsSeenTest.class.getClassLoader(), properties);
    }
}
