package io.nearfar.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testing.RealRedis;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two JVMs of eight threads each on the same few keys: what all of them were told adds up to what is there. */
class TwoJvmsTest {
    private static final int RUNNERS = 2 * NodeMain.THREADS;
    private static final long PATIENCE_SECONDS = 120;

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
                contests(new Arena(List.of(first, second), NodeMain.cache(judge)));
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
