package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryExplanation;
import io.nearfar.EntryExplanation.FarState;
import io.nearfar.EntryExplanation.NearState;
import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.Tier;
import io.nearfar.config.Mode;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.io.Serializable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a cache says of a key: both copies, and why a read is answered or a miss. */
@Timeout(120)
class ExplainTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PREFIX = "explained";

    private static EntryOptions red() {
        return EntryOptions.NONE.withTags("red", "green");
    }

    private static void awaitNear(NearfarCache<String, ?> cache, String key) {
        await().atMost(SOON)
                .until(() -> cache.get(key) != null && cache.explain(key).answers() == Tier.NEAR);
    }

    /** What is said must be what a read then does. */
    private static EntryExplanation explained(NearfarCache<String, ?> cache, String key) {
        EntryExplanation explanation = cache.explain(key);
        assertThat(cache.get(key) != null).as(explanation.why()).isEqualTo(explanation.answers() != null);
        return explanation;
    }

    private interface Two {
        void run(NearfarCache<String, String> here, NearfarCache<String, String> there) throws Exception;
    }

    private static void onTwoNodes(Two test, String... settings) throws Exception {
        try (Application one = Application.in(Mode.TIERED, settings);
                Application other = one.another()) {
            test.run(one.cache(), other.cache());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keyThatIsThere_isAnsweredWithItsWrite(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v", red().withTimeToLive(Duration.ofHours(1)));
            EntryExplanation explanation = explained(cache, "k");
            assertThat(explanation.answers()).isNotNull();
            assertThat(explanation.why()).startsWith("answered ");
            assertThat(explanation.near() == null).isEqualTo(mode == Mode.FAR);
            assertThat(explanation.far() == null).isEqualTo(mode == Mode.NEAR);
            EntryExplanation.Written written = mode == Mode.NEAR
                    ? explanation.near().written()
                    : explanation.far().written();
            assertThat(written.tags()).containsExactly("green", "red");
            assertThat(written.age()).isBetween(Duration.ZERO, SOON);
            assertThat(written.lives()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
            if (mode != Mode.NEAR) {
                assertThat(explanation.far().name()).endsWith(":k");
                assertThat(explanation.far().codec()).isEqualTo("compact");
                assertThat(explanation.far().type()).isEqualTo("java.lang.String");
                assertThat(explanation.far().bytes()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keyThatNeverWasThere_isAMiss_andCountsInNoFigure(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            EntryExplanation explanation = cache.explain("k");
            assertThat(cache.figures().misses()).isZero();
            assertThat(explanation.answers()).isNull();
            assertThat(explanation.why()).startsWith("a miss: nothing is there");
            assertThatThrownBy(() -> cache.explain(null)).isInstanceOf(NullPointerException.class);
            cache.close();
            assertThatThrownBy(() -> cache.explain("k")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void otherNode_keepsNothingNear_andIsAnsweredFar_thenBothAreTheSameWrite() throws Exception {
        onTwoNodes((here, there) -> {
            here.put("k", "v");
            EntryExplanation before = there.explain("k");
            assertThat(before.answers()).isEqualTo(Tier.FAR);
            assertThat(before.near().state()).isEqualTo(NearState.ABSENT);
            assertThat(before.why()).isEqualTo("answered far; nothing is kept near");
            awaitNear(there, "k");
            EntryExplanation after = there.explain("k");
            assertThat(after.near().written().stamp())
                    .isEqualTo(after.far().written().stamp());
            assertThat(after.near().stays()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
            assertThat(after.near().sinceVerified()).isBetween(Duration.ZERO, SOON);
            assertThat(after.near().written().lives()).isNull();
        });
    }

    @Test
    void tagOfAnotherNode_endsBothCopies_andIsNamed() throws Exception {
        onTwoNodes((here, there) -> {
            here.put("k", "v", red());
            awaitNear(there, "k");
            here.invalidateTag("red");
            await().atMost(SOON).until(() -> there.explain("k").near().state() == NearState.INVALIDATED);
            EntryExplanation explanation = explained(there, "k");
            assertThat(explanation.near().why()).contains("the tag red was invalidated");
            assertThat(explanation.far().state()).isEqualTo(FarState.INVALIDATED);
            assertThat(explanation.why()).isEqualTo("a miss: the tag red was invalidated after it was written");
        });
    }

    @Test
    void clearAndNamespace_ofAnotherNode_areTold() throws Exception {
        onTwoNodes(
                (here, there) -> {
                    here.put("user:1", "v");
                    here.invalidatePrefix("user:");
                    EntryExplanation namespace = explained(there, "user:1");
                    assertThat(namespace.why()).contains("the namespace user: was invalidated");
                    assertThat(namespace.far().written().tags()).isEmpty();
                    here.put("k", "v");
                    awaitNear(there, "k");
                    here.clear();
                    await().atMost(SOON).until(() -> there.explain("k").near().state() == NearState.CLEARED);
                },
                "nearfar.namespaces",
                "user:");
    }

    @ParameterizedTest
    @EnumSource
    void whatHasEnded_isKeptInItsGrace_andThatIsTold(Mode mode) {
        try (Application application = Application.in(mode, "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v", EntryOptions.NONE.withTimeToLive(Duration.ofMillis(30)));
            await().atMost(SOON).until(() -> cache.get("k") == null);
            EntryExplanation explanation = explained(cache, "k");
            assertThat(explanation.why())
                    .startsWith("a miss: its time is ")
                    .endsWith("; it is kept for loads that fail");
            EntryExplanation.Written written = mode == Mode.NEAR
                    ? explanation.near().written()
                    : explanation.far().written();
            assertThat(written.lives()).isNegative();
        }
    }

    /** For a minute what has ended lies there to be told to listeners, and answers nobody. */
    @Test
    void whatHasEnded_andOnlyRests_isNotKept() throws Exception {
        try (Application application = Application.in(Mode.FAR)) {
            NearfarCache<String, String> cache = application.cache();
            cache.registerCacheEntryListener(new RecordingListener().configured(true, true));
            cache.put("k", "v", EntryOptions.NONE.withTimeToLive(Duration.ofMillis(30)));
            await().atMost(SOON).until(() -> cache.explain("k").far().state() == FarState.EXPIRED);
            assertThat(cache.explain("k").why()).isEqualTo("a miss: its time is up");
            cache.put(
                    "graceful",
                    "v",
                    EntryOptions.NONE.withTimeToLive(Duration.ofMillis(30)).withGrace(Duration.ofHours(1)));
            await().atMost(SOON).until(() -> cache.explain("graceful").far().state() == FarState.EXPIRED);
            assertThat(cache.explain("graceful").why())
                    .isEqualTo("a miss: its time is up; it is kept for loads that fail");
        }
    }

    @Test
    void nothingThatIsRemembered_isTold() throws Exception {
        try (Application application = Application.in(Mode.TIERED, "nearfar.ttl.negative", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            cache.getOrLoad("k", () -> null);
            assertThat(cache.explain("k").far().state()).isEqualTo(FarState.NOTHING);
            String loaded = cache.getOrLoad("l", () -> {
                assertThat(cache.explain("l").far().state()).isEqualTo(FarState.LOADING);
                return "v";
            });
            assertThat(loaded).isEqualTo("v");
        }
    }

    @Test
    void entryOfAnotherVersion_isNotThatOfThisOne() throws Exception {
        onTwoNodes((here, there) -> {
            here.put("k", "v");
            EntryExplanation other = explained(there.version(2), "k");
            assertThat(other.far().state()).isEqualTo(FarState.ABSENT);
            assertThat(there.explain("k").far().state()).isEqualTo(FarState.LIVE);
            assertThat(other.far().name()).isNotEqualTo(there.explain("k").far().name());
        });
    }

    /** A class that only the other node has put. */
    record City(String name) implements Serializable {}

    @Test
    void valueThatIsNotTrustedHere_isAMiss_andItsClassIsNamed() throws Exception {
        try (Application one = Application.in(Mode.TIERED, "nearfar.codec.trust", "all");
                Application other = one.another("nearfar.codec.trust", "declared")) {
            NearfarCache<String, Object> here = one.cache();
            NearfarCache<String, Object> there = other.cache();
            here.put("k", new City("Paris"));
            EntryExplanation explanation = explained(there, "k");
            assertThat(explanation.far().state()).isEqualTo(FarState.UNREADABLE);
            assertThat(explanation.why()).startsWith("a miss: ").contains(City.class.getName(), "nearfar.codec.allow");
        }
    }

    @Test
    void garbageAndLostMeta_areTold() {
        try (RealRedis redis = RealRedis.start();
                Application application =
                        Application.in(Mode.FAR, "nearfar.address", redis.address(), "nearfar.prefix", PREFIX)) {
            Keyspace names = new Keyspace(PREFIX);
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v");
            redis.call("SET", names.entryKey("cities", "k"), "x".repeat(60));
            assertThat(explained(cache, "k").far().state()).isEqualTo(FarState.GARBAGE);
            redis.call("DEL", names.entryKey("cities", "k"));
            redis.call("LPUSH", names.entryKey("cities", "k"), "x");
            assertThat(cache.explain("k").far().state()).isEqualTo(FarState.FOREIGN);
            cache.put("l", "v");
            redis.call("DEL", names.metaKey("cities", names.partition("cities", "l")));
            assertThat(cache.explain("l").far().state()).isEqualTo(FarState.WITHOUT_META);
            assertThat(cache.get("l")).isNull();
        }
    }

    @Test
    void whatThisNodeWasToldInAnOutage_isTold_untilItIsMadeUpFor() {
        try (RealRedis redis = RealRedis.start();
                Application application =
                        Application.in(Mode.TIERED, "nearfar.address", redis.address(), "nearfar.deadline", "2s")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("other", "v");
            redis.freeze();
            cache.put("put", "v");
            cache.remove("removed");
            cache.invalidatePattern("matched:*");
            String told = "; in an outage this node was told %s, which answers here and is still to be made up for";
            assertThat(cache.explain("put").why())
                    .startsWith("the policy for outages answers: ")
                    .endsWith(told.formatted("a value"));
            assertThat(cache.get("put")).isEqualTo("v");
            assertThat(cache.explain("removed").why()).endsWith(told.formatted("that it is gone"));
            assertThat(cache.explain("matched:1").why()).endsWith(told.formatted("that it is gone, by a pattern"));
            assertThat(cache.explain("other").why()).doesNotContain("was told");
            cache.invalidateTag("red");
            assertThat(cache.explain("other").why()).endsWith(told.formatted("of tags that are invalidated"));
            cache.clear();
            assertThat(cache.explain("other").why()).endsWith(told.formatted("that it is gone"));
            redis.thaw();
            await().atMost(SOON).until(() -> !cache.explain("other").why().contains("was told"));
        }
    }

    @Test
    void outage_isTold_andWhyTheNearCopyIsNotServed() {
        try (RealRedis redis = RealRedis.start();
                Application application =
                        Application.in(Mode.TIERED, "nearfar.address", redis.address(), "nearfar.max-stale", "0")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v");
            awaitNear(cache, "k");
            redis.kill();
            await().atMost(SOON).until(() -> cache.explain("k").near().state() == NearState.LEASE_OVER);
            EntryExplanation explanation = cache.explain("k");
            assertThat(explanation.answers()).isNull();
            assertThat(explanation.far().state()).isEqualTo(FarState.UNREACHABLE);
            assertThat(explanation.far().name()).isNull();
            assertThat(explanation.why())
                    .startsWith("the policy for outages answers: ")
                    .contains("near lease");
            assertThat(explanation.near().sinceVerified()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }
}
