package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.ContextLoad;
import io.nearfar.EntryExplanation.FarState;
import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Races of invalidations with what is kept, loaded in the background, or forgotten, named after those that others have had. */
@Timeout(120)
class TagRacesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PREFIX = "tag-races";
    private static final Keyspace NAMES = new Keyspace(PREFIX);
    private static final EntryOptions RED = EntryOptions.NONE.withTags("red");
    private static final Callable<String> FAILING = () -> {
        throw new IllegalStateException("no value");
    };

    /** What may end an entry that carries the tag red. */
    private enum Way {
        NOTHING,
        TAG,
        CLEAR,
        PATTERN;

        void end(NearfarCache<String, ?> cache) {
            switch (this) {
                case NOTHING -> {}
                case TAG -> cache.invalidateTag("red");
                case CLEAR -> cache.clear();
                case PATTERN -> cache.invalidatePattern("k*");
            }
        }
    }

    private interface Two {
        void run(NearfarCache<String, String> here, NearfarCache<String, String> there) throws Exception;
    }

    /** Without a far tier the one node is both. */
    private static void onTwoNodes(Mode mode, Two test, String... settings) throws Exception {
        try (Application one = Application.in(mode, settings);
                Application other = mode == Mode.NEAR ? null : one.another()) {
            NearfarCache<String, String> here = one.cache();
            test.run(here, other == null ? here : other.cache());
        }
    }

    private static void awaitEnd(NearfarCache<String, String> here, NearfarCache<String, String> there) {
        await().atMost(SOON).until(() -> !here.containsKey("k") && !there.containsKey("k"));
        await().atMost(SOON)
                .pollDelay(Duration.ofMillis(50)) // a node's idea of the server's time may be ahead of it by that
                .until(() -> !here.containsKey("k") && !there.containsKey("k"));
    }

    /** ZiggyCreatures/FusionCache#648: the entry had ended before, and was there for loads that fail and nothing else. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void fusionCache648_loadThatFailsAfterAClearOrInvalidation_doesNotBringBackWhatHadEndedBefore(Mode mode)
            throws Exception {
        onTwoNodes(
                mode,
                (here, there) -> {
                    for (Way way : Way.values()) {
                        for (NearfarCache<String, String> loader : List.of(here, there)) {
                            here.put("k", "old", RED.withTimeToLive(Duration.ofMillis(20)));
                            awaitEnd(here, there);
                            assertThat(loader.getOrLoad("k", FAILING))
                                    .as("kept")
                                    .isEqualTo("old");
                            way.end(there);
                            if (way == Way.NOTHING) {
                                assertThat(loader.getOrLoad("k", FAILING)).isEqualTo("old");
                            } else {
                                assertThatThrownBy(() -> loader.getOrLoad("k", FAILING))
                                        .as("%s", way)
                                        .hasMessage("no value");
                                assertThat(loader.getOrLoad("k", context -> context.previous(String.class)))
                                        .isNull();
                            }
                        }
                    }
                },
                "nearfar.grace",
                "1h",
                "nearfar.fail-safe.throttle",
                "0");
    }

    /** Its first call answers, and the second, in the background, waits until it is let go on. */
    private static final class Database {
        private final AtomicInteger calls = new AtomicInteger();
        private final Semaphore again = new Semaphore(0);

        ContextLoad<String> load() {
            return context -> {
                int call = calls.incrementAndGet();
                if (call > 1) {
                    again.acquireUninterruptibly();
                }
                context.setOptions(RED);
                return "v" + call;
            };
        }
    }

    /** ZiggyCreatures/FusionCache#628: what is loaded ahead in the background was read before the invalidation. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void fusionCache628_refreshInTheBackground_doesNotSurviveTheInvalidation(Mode mode) throws Exception {
        onTwoNodes(
                mode,
                (here, there) -> {
                    for (Way way : Way.values()) {
                        there.clear();
                        here.clear();
                        long loads = here.figures().loads();
                        Database database = new Database();
                        await().atMost(SOON).until(() -> {
                            assertThat(here.getOrLoad("k", database.load())).isEqualTo("v1");
                            return database.calls.get() > 1;
                        });
                        way.end(there);
                        await().atMost(SOON).until(() -> here.containsKey("k") == (way == Way.NOTHING));
                        database.again.release();
                        await().atMost(SOON).until(() -> here.figures().loads() == loads + 2);
                        if (way == Way.NOTHING) {
                            await().atMost(SOON).until(() -> "v2".equals(here.get("k")));
                        } else {
                            assertThat(here.get("k")).as("%s", way).isNull();
                            assertThat(there.getOrLoad("k", () -> "new")).isEqualTo("new");
                            await().atMost(SOON).until(() -> "new".equals(here.get("k")));
                        }
                    }
                },
                "nearfar.cache.cities.ttl",
                "20s",
                "nearfar.refresh-ahead",
                "99%");
    }

    /** How a server forgets what was invalidated, or remembers it anew. */
    private enum Loss {
        NONE,
        DELETED,
        OVERWRITTEN,
        TRIMMED;

        void happen(RealRedis redis, NearfarCache<String, String> cache) {
            for (int partition = 0; partition < Keyspace.PARTITIONS && this != TRIMMED; partition++) {
                String table = NAMES.tagsKey("cities", partition);
                if (this != NONE) {
                    redis.call("DEL", table);
                }
                if (this == OVERWRITTEN) {
                    redis.call("SET", table, "garbage");
                }
            }
            for (int i = 0; i < 5 && this == TRIMMED; i++) {
                int from = i * 1_000;
                cache.invalidateTags(IntStream.range(from, from + 1_000)
                        .mapToObj(n -> "t" + n)
                        .toList());
            }
        }
    }

    /**
     * ZiggyCreatures/FusionCache#627: where what was invalidated is remembered anew it has its own instant, not that of then, so
     * that it ends nothing that was written since, on no node.
     */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void fusionCache627_invalidationThatIsRememberedAnew_endsNothingThatWasWrittenAfterIt(Loss loss) throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            onTwoNodes(
                    Mode.TIERED,
                    (here, there) -> {
                        here.put("old", "v", RED);
                        here.invalidateTag("red");
                        loss.happen(redis, here);
                        here.put("k", "v", RED);
                        here.put("l", "v", EntryOptions.NONE.withTags("red", "next"));
                        for (NearfarCache<String, String> node : List.of(here, there)) {
                            assertThat(node.get("old")).isNull();
                            await().atMost(SOON).until(() -> "v".equals(node.get("k")) && "v".equals(node.get("l")));
                        }
                        there.invalidateTag("next"); // makes a table that was lost, which knows of red again
                        await().atMost(SOON).until(() -> here.get("l") == null);
                        for (NearfarCache<String, String> node : List.of(there, here, there)) {
                            assertThat(node.get("l")).isNull();
                            assertThat(node.get("old")).isNull();
                            assertThat(node.get("k"))
                                    .as("written after the invalidation")
                                    .isEqualTo("v");
                            assertThat(node.explain("k").far().state()).isEqualTo(FarState.LIVE);
                        }
                    },
                    "nearfar.address",
                    redis.address(),
                    "nearfar.prefix",
                    PREFIX);
        }
    }

    /** Each key with the invalidations of its tags, or its namespace, in their order; the first two had soft ones alone. */
    private static final List<String> KEYS = List.of("soft", "s:1", "hard", "hard-soft", "soft-hard", "h:1");

    private static void invalidate(NearfarCache<String, String> cache) {
        for (String key : KEYS) {
            cache.put(key, "old", EntryOptions.NONE.withTags("tag:" + key));
        }
        cache.expireTag("tag:soft");
        cache.expirePrefix("s:");
        cache.invalidateTag("tag:hard");
        cache.invalidateTag("tag:hard-soft");
        cache.expireTag("tag:hard-soft");
        cache.expireTag("tag:soft-hard");
        cache.invalidateTag("tag:soft-hard");
        cache.invalidatePrefix("h:");
        cache.expirePrefix("h:");
    }

    /** What a server forgets of soft and hard invalidations makes nobody read what they ended, nor answer for a load with it. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void softInvalidations_thatAreForgotten_bringNothingBack(Loss loss) throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            onTwoNodes(
                    Mode.TIERED,
                    (here, there) -> {
                        invalidate(here);
                        loss.happen(redis, here);
                        here.expireTag("another"); // after its table may have gone
                        for (NearfarCache<String, String> node : List.of(there, here)) {
                            for (String key : KEYS) {
                                assertThat(node.get(key)).as(key).isNull();
                                boolean soft = KEYS.indexOf(key) < 2;
                                String expected = soft && loss == Loss.NONE ? "old" : "no value";
                                String allowed =
                                        soft && loss == Loss.TRIMMED ? "old" : expected; // some are not trimmed
                                assertThat(node.getOrLoad(key, FAILING, failure -> failure.getMessage()))
                                        .as("%s, where a load fails", key)
                                        .isIn(expected, allowed);
                            }
                        }
                    },
                    "nearfar.address",
                    redis.address(),
                    "nearfar.prefix",
                    PREFIX,
                    "nearfar.namespaces",
                    "s:, h:",
                    "nearfar.grace",
                    "1h",
                    "nearfar.fail-safe.throttle",
                    "0");
        }
    }
}
