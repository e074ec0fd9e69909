package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.config.Mode;
import io.nearfar.config.OutagePolicy;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Reply;
import io.nearfar.key.Glob;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invalidations of patterns on several nodes, while the server does not answer, and after. */
@Timeout(120)
class PatternsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RealRedis redis = RealRedis.start();
    private @Nullable Node node;
    private @Nullable Node other;

    private Setup setup() {
        return Setup.over(redis.host(), "tiers:patterns", DEADLINE);
    }

    private void start(Setup setup) {
        node = Node.of(setup);
        other = Node.of(setup);
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(FarTierUnavailableException.class);
    }

    private static Reply<String> put(Node at, String key, String value) {
        return at.store().apply(key, at.write(value, Condition.ALWAYS));
    }

    private static void putFar(Node at, String key, String value) {
        soon().until(() -> put(at, key, value).version() != null);
    }

    private static KeyWalk walk(int pageSize, long keysPerSecond) {
        return new KeyWalk(new InvalidationPace(pageSize, keysPerSecond), System::nanoTime);
    }

    private static long invalidate(Node at, String pattern) {
        KeyWalk walk = walk(500, Long.MAX_VALUE);
        at.store().invalidatePattern(pattern, walk);
        return walk.removed();
    }

    private void awaitClean() {
        soon().until(() -> node.dirty().isEmpty());
    }

    @AfterEach
    void stop() {
        redis.thaw();
        if (node != null) {
            node.close();
        }
        if (other != null) {
            other.close();
        }
        redis.close();
    }

    private List<String> entries() {
        return ((List<?>) redis.call("KEYS", "*:e:*"))
                .stream().map(RespClient::text).toList();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void invalidation_isSeenHereAtOnce_andThereByMessage(Mode mode) {
        start(setup().mode(mode));
        putFar(node, "feed:1", "old");
        putFar(node, "other", "old");
        soon().until(() -> "old".equals(other.get("feed:1")) && "old".equals(other.get("other")));
        assertThat(invalidate(node, "feed:*")).isEqualTo(1);
        assertThat(node.get("feed:1")).isNull();
        soon().until(() -> other.get("feed:1") == null);
        assertThat(other.get("other")).isEqualTo("old");
        assertThat(node.get("other")).isEqualTo("old");
        putFar(node, "feed:1", "new");
        soon().until(() -> "new".equals(other.get("feed:1")));
    }

    /** Nodes hold copies of what the far tier has lost; no walk finds these. */
    @Test
    void copy_ofWhatTheFarTierHasLost_goesOnAllNodes() {
        start(setup());
        putFar(node, "feed:1", "old");
        soon().until(() -> "old".equals(node.get("feed:1")) && "old".equals(other.get("feed:1")));
        entries().forEach(name -> redis.call("DEL", name));
        assertThat(invalidate(node, "feed:*")).isZero();
        assertThat(node.get("feed:1")).isNull();
        soon().until(() -> other.get("feed:1") == null);
    }

    /** It was read after the message had come and before the walk did, and then the far tier lost it. */
    @Test
    void copy_thatWasMadeDuringTheWalk_ofWhatTheFarTierHasLostSince_goesToo() throws Exception {
        start(setup());
        for (int i = 0; i < 60; i++) {
            putFar(node, "feed:" + i, "old");
        }
        KeyWalk walk = walk(1, 60);
        CompletableFuture<Void> walking =
                CompletableFuture.runAsync(() -> node.store().invalidatePattern("feed:*", walk));
        soon().until(() -> walk.looked() > 0);
        for (int i = 0; i < 60; i++) {
            other.get("feed:" + i);
        }
        entries().forEach(name -> redis.call("DEL", name));
        walking.get(60, TimeUnit.SECONDS);
        for (int i = 0; i < 60; i++) {
            String key = "feed:" + i;
            assertThat(node.get(key)).isNull();
            soon().until(() -> other.get(key) == null);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void invalidation_inTheOutage_isDoneNear_andMadeAfterIt(Mode mode) {
        start(setup().mode(mode));
        putFar(node, "feed:1", "old");
        putFar(node, "feed:9", "old");
        putFar(node, "other", "old");
        assertThat(node.get("feed:1")).isEqualTo("old");
        redis.freeze();
        put(node, "feed:2", "noted");
        invalidate(node, "feed:*");
        assertThat(node.get("feed:1")).isNull();
        assertThat(node.get("feed:2")).isNull();
        redis.thaw();
        awaitClean();
        assertThat(other.getFar("feed:1")).isNull();
        assertThat(other.getFar("feed:2")).isNull();
        assertThat(other.getFar("feed:9")).isNull();
        assertThat(other.getFar("other")).isEqualTo("old");
        assertThat(node.get("feed:1")).isNull();
    }

    private void noteFrozen(String pattern) {
        redis.freeze(); // or it would be made
        node.dirty().notePattern(Glob.of(pattern), DirtyPartitions.all(), Glob.of(pattern)::test);
    }

    /** Nothing that the far tier says of what matches is believed before, and what is put then may stay. */
    @Test
    void key_thatMatches_isSettledByItself_beforeTheWalk() {
        start(setup());
        for (String key : List.of("feed:1", "feed:2", "feed:3", "other")) {
            putFar(node, key, "old");
        }
        for (int round = 0; round < 10; round++) {
            noteFrozen("feed:*");
            redis.thaw();
            assertThat(node.getFar("feed:1")).isNull();
            putFar(node, "feed:1", "new");
            assertThat(node.getFar("feed:1")).isIn("new", null); // the walk may have met it just before
            awaitClean();
            assertThat(node.getFar("feed:1")).isIn("new", null);
            assertThat(other.getFar("feed:2")).isNull();
            assertThat(node.getFar("other")).isEqualTo("old");
            putFar(node, "feed:2", "old");
        }
    }

    /** The node writes it when it is back, before it walks, and nobody has asked for it until then. */
    @Test
    void putAfterTheInvalidation_isWrittenAndNotRemovedByTheWalk() {
        start(setup());
        int stayed = 0;
        for (int round = 0; round < 10; round++) {
            putFar(node, "feed:1", "old");
            soon().until(() -> "old".equals(node.get("feed:1")));
            redis.freeze();
            put(node, "feed:1", "noted");
            invalidate(node, "feed:*");
            put(node, "feed:1", "newest");
            redis.thaw();
            awaitClean();
            String left = other.getFar("feed:1");
            assertThat(left).isIn("newest", null); // a server that is silent once more may be walked over first
            stayed += left == null ? 0 : 1;
        }
        assertThat(stayed).isGreaterThan(5);
    }

    @Test
    void manyKeys_areSettledBeforeTheyAreRead() {
        start(setup());
        List<String> keys = List.of("feed:1", "feed:2", "other");
        keys.forEach(key -> putFar(node, key, "old"));
        for (int round = 0; round < 10; round++) {
            noteFrozen("feed:*");
            redis.thaw();
            soon().until(() -> {
                assertThat(node.store().readAll(keys, Freshness.AUTHORITY)).doesNotContainKeys("feed:1", "feed:2");
                return true;
            });
            awaitClean();
            putFar(node, "feed:1", "old");
        }
    }

    @Test
    void conditionalChange_findsNothing_whileAWalkIsOwed() {
        start(setup());
        for (int round = 0; round < 10; round++) {
            putFar(node, "feed:1", "old");
            noteFrozen("feed:*");
            redis.thaw();
            soon().until(() -> {
                Reply<String> reply = node.store().apply("feed:1", node.write("new", Condition.ABSENT));
                assertThat(reply.applied()).isTrue();
                return true;
            });
            awaitClean();
        }
    }

    /** What an iterator meets that was begun before. */
    @Test
    void walkUnderWay_whenAnInvalidationIsNoted_leavesOutWhatMatches() {
        start(setup());
        putFar(node, "feed:1", "old");
        Iterator<Keyed<String, String>> all = node.store().scan();
        noteFrozen("feed:*");
        redis.thaw();
        soon().until(() -> {
            assertThat(all.hasNext()).isFalse();
            return true;
        });
    }

    private Iterator<Keyed<String, String>> begun() {
        Iterator<Keyed<String, String>> all = node.store().scan();
        assertThat(all.hasNext()).isTrue();
        return all;
    }

    /** It has read a page that was still owed, and hands it out when the walk has been. */
    @Test
    void iterator_begunWhileAnInvalidationIsOwed_leavesOutWhatMatches_alsoLater() {
        start(setup());
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 30; i++) {
                putFar(other, "feed:" + i, "old");
                putFar(other, "other:" + i, "old");
            }
            noteFrozen("feed:*");
            redis.thaw();
            Iterator<Keyed<String, String>> all = await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(1))
                    .ignoreException(FarTierUnavailableException.class)
                    .until(this::begun, Objects::nonNull);
            awaitClean();
            putFar(other, "feed:7", "new");
            List<String> met = new ArrayList<>();
            all.forEachRemaining(
                    each -> met.add(each.key() + each.entry().value().get()));
            assertThat(met)
                    .hasSizeBetween(30, 31)
                    .filteredOn(each -> each.startsWith("feed:"))
                    .isSubsetOf("feed:7new");
        }
    }

    @Test
    void tooManyPatterns_becomeAClear() {
        start(setup());
        putFar(node, "k", "old");
        redis.freeze();
        for (int i = 0; i < 101; i++) {
            invalidate(node, "p" + i);
        }
        assertThat(node.dirty().clears().pending().cardinality()).isEqualTo(64);
        redis.thaw();
        awaitClean();
        assertThat(other.getFar("k")).isNull();
    }

    @Test
    void tooManyKeysThatAreSettledByThemselves_becomeAClear() {
        start(setup().dirty(3, 1 << 20));
        for (int i = 0; i < 60; i++) {
            putFar(node, "feed:" + i, "old");
        }
        putFar(node, "other", "old");
        noteFrozen("feed:*");
        redis.thaw();
        for (int i = 0; i < 60; i++) {
            assertThat(node.getFar("feed:" + i)).isNull();
        }
        awaitClean();
        for (int i = 0; i < 60; i++) {
            assertThat(other.getFar("feed:" + i)).isNull();
        }
    }

    @Test
    void close_ofACacheThatOwesAnInvalidation_leavesAClear() {
        start(setup());
        putFar(node, "feed:1", "old");
        redis.freeze();
        invalidate(node, "feed:*");
        node.cache.close();
        node.open();
        assertThat(node.get("feed:1")).isNull();
        redis.thaw();
        awaitClean();
        assertThat(other.getFar("feed:1")).isNull();
    }

    @Test
    void closedPolicy_throws_andServesNothingOfIt() {
        start(setup().outage(OutagePolicy.CLOSED));
        putFar(node, "feed:1", "old");
        redis.freeze();
        assertThatThrownBy(() -> invalidate(node, "feed:*")).isInstanceOf(FarTierUnavailableException.class);
        assertThat(node.dirty().isEmpty()).isTrue();
    }

    @Test
    void walk_thatBreaksOff_isMadeUpFor() throws Exception {
        start(setup());
        for (int i = 0; i < 60; i++) {
            putFar(node, "feed:" + i, "old");
        }
        KeyWalk walk = walk(1, 20);
        CompletableFuture<Void> walking =
                CompletableFuture.runAsync(() -> node.store().invalidatePattern("feed:*", walk));
        soon().until(() -> walk.looked() > 0);
        redis.freeze();
        walking.get(60, TimeUnit.SECONDS);
        assertThat(node.dirty().isEmpty()).isFalse();
        assertThat(node.dirty().clears().isEmpty()).isTrue();
        redis.thaw();
        awaitClean();
        for (int i = 0; i < 60; i++) {
            assertThat(other.getFar("feed:" + i)).isNull();
        }
    }

    /** Whoever does not want it any more does not want it to be made later. */
    @Test
    void cancelledWalk_thatFails_leavesNothingToBeDone() throws Exception {
        start(setup());
        for (int i = 0; i < 60; i++) {
            putFar(node, "feed:" + i, "old");
        }
        KeyWalk walk = walk(1, 20);
        CompletableFuture<Void> walking =
                CompletableFuture.runAsync(() -> node.store().invalidatePattern("feed:*", walk));
        soon().until(() -> walk.looked() > 0);
        redis.freeze();
        walk.cancel();
        walking.get(60, TimeUnit.SECONDS);
        assertThat(node.dirty().isEmpty()).isTrue();
    }
}
