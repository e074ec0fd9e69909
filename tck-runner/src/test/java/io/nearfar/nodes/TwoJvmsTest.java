package io.nearfar.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two JVMs of eight threads each on the same few keys: what all of them were told adds up to what is there. */
class TwoJvmsTest {
    private static final int RUNNERS = 2 * NodeMain.THREADS;
    private static final long PATIENCE_SECONDS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

    @ParameterizedTest
    @ValueSource(strings = {"tiered", "far"})
    void conditionalOperations_ofTwoJvms_areExact(String mode) throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            Map<String, String> settings = Map.of(
                    "nearfar.address",
                    redis.address(),
                    "nearfar.prefix",
                    "two-jvms-" + mode,
                    "nearfar.mode",
                    mode,
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
                contests(new Arena(List.of(first, second), cache));
            }
        }
    }

    private static CacheManager judge(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return Caching.getCachingProvider()
                .getCacheManager(URI.create("nearfar:judge"), TwoJvmsTest.class.getClassLoader(), properties);
    }

    private static void contests(Arena arena) {
        for (Contest counting : List.of(Contest.INVOKE, Contest.INVOKE_ALL, Contest.REPLACE_OLD_BY_NEW)) {
            arena.cache().clear();
            long told = sum(arena.told(counting));
            assertThat(arena.total()).as(counting + ": what is there").isEqualTo(told);
        }
        assertThat(sum(arena.told(Contest.PUT_IF_ABSENT))).as("first puts").isEqualTo(Contest.ROUNDS);
        assertThat(sum(arena.told(Contest.REMOVE))).as("removals").isEqualTo(Contest.ROUNDS / 2);
        assertThat(sum(arena.told(Contest.REMOVE_VALUE)))
                .as("removals by value")
                .isEqualTo(Contest.ROUNDS / 2);
        arena.cache().clear();
        assertHandedOutOnce(arena, Contest.GET_AND_PUT, 1);
        assertHandedOutOnce(arena, Contest.GET_AND_REPLACE, 1);
        arena.cache().clear();
        assertHandedOutOnce(arena, Contest.GET_AND_REMOVE, 2);
        for (Contest invalidating : List.of(Contest.INVALIDATE_TAG, Contest.INVALIDATE_PATTERN)) {
            assertThat(sum(arena.told(invalidating)))
                    .as(invalidating + ": copies from before an invalidation")
                    .isZero();
        }
        assertHeard(arena);
    }

    /**
     * A listener here hears of changes that the others make, of none twice, of a key's in order and of the last. A message of
     * Redis may be lost, and with it a change.
     */
    private static void assertHeard(Arena arena) {
        Heard heard = new Heard();
        arena.cache()
                .registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                        new FactoryBuilder.SingletonFactory<>(heard), null, false, true));
        arena.cache().clear();
        await().atMost(PATIENCE).until(() -> {
            arena.told(Contest.GET_AND_PUT);
            return heard.hasHeardOfBoth();
        });
        await().atMost(PATIENCE).until(() -> arena.cache().get(Contest.KEY).equals(heard.last(Contest.KEY)));
        arena.cache().clear();
        heard.values.clear();

        arena.told(Contest.INVOKE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heard.values)
                        .isNotEmpty()
                        .allSatisfy((key, values) -> assertThat(values.get(values.size() - 1))
                                .as("the last that was heard of " + key)
                                .isEqualTo(arena.cache().get(key))));
        heard.values.forEach((key, values) -> assertThat(values)
                .as("what was heard of " + key)
                .isSubsetOf(LongStream.rangeClosed(1, values.get(values.size() - 1))
                        .boxed()
                        .toList())
                .doesNotHaveDuplicates()
                .isSorted()
                .hasSizeGreaterThan(values.get(values.size() - 1).intValue() / 2));
    }

    /** Keeps the values that it hears of. */
    private static final class Heard
            implements CacheEntryCreatedListener<String, Long>, CacheEntryUpdatedListener<String, Long> {
        private final Map<String, List<Long>> values = new ConcurrentHashMap<>();

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Long>> events) {
            events.forEach(this::keep);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Long>> events) {
            events.forEach(this::keep);
        }

        private void keep(CacheEntryEvent<? extends String, ? extends Long> event) {
            values.computeIfAbsent(event.getKey(), key -> new CopyOnWriteArrayList<>())
                    .add(event.getValue());
        }

        private Long last(String key) {
            List<Long> all = values.get(key);
            return all.get(all.size() - 1);
        }

        private boolean hasHeardOfBoth() {
            List<Long> all = values.getOrDefault(Contest.KEY, List.of());
            return hasHeardOf(0, all) && hasHeardOf(1, all);
        }

        private static boolean hasHeardOf(int node, List<Long> all) {
            return IntStream.range(node * NodeMain.THREADS, (node + 1) * NodeMain.THREADS)
                    .anyMatch(runner -> IntStream.range(0, Contest.ROUNDS)
                            .anyMatch(round -> all.contains(Contest.value(runner, round))));
        }
    }

    /** Each value that was put, and the one that was there, was handed to one caller, or is there still. */
    private static void assertHandedOutOnce(Arena arena, Contest contest, int roundsForAPut) {
        List<String> put = new ArrayList<>();
        Long before = arena.cache().get(Contest.KEY);
        if (before != null) {
            put.add(before.toString());
        }
        for (int runner = 0; runner < RUNNERS; runner++) {
            for (int round = 0; round < Contest.ROUNDS; round += roundsForAPut) {
                put.add(Long.toString(Contest.value(runner, round)));
            }
        }
        List<String> seen = new ArrayList<>(arena.told(contest));
        Long after = arena.cache().get(Contest.KEY);
        if (after != null) {
            seen.add(after.toString());
        }
        assertThat(seen).as(contest + ": handed out or still there").containsExactlyInAnyOrderElementsOf(put);
    }

    private static long sum(List<String> counts) {
        return counts.stream().mapToLong(Long::parseLong).sum();
    }

    /** The nodes, and a third that looks at the result. */
    private record Arena(List<Node> nodes, Cache<String, Long> cache) {
        List<String> told(Contest contest) {
            List<CompletableFuture<List<String>>> answers =
                    nodes.stream().map(node -> node.contest(contest)).toList();
            List<String> told = new ArrayList<>();
            for (CompletableFuture<List<String>> answer : answers) {
                told.addAll(answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
            }
            return told;
        }

        long total() {
            return cache.getAll(Contest.keys()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
