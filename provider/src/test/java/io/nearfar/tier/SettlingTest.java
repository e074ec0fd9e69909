package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.Mode;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Version;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One node through an outage of its server, and another that comes after it. */
@Timeout(120)
class SettlingTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RealRedis redis = RealRedis.start();
    private Node node;
    private Node other;

    private void start(Setup setup) {
        node = Node.of(setup);
    }

    private Setup setup() {
        return Setup.over(redis.host(), "tiers:settling", DEADLINE);
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(FarTierUnavailableException.class);
    }

    @AfterEach
    void stop() {
        redis.thaw();
        node.close();
        if (other != null) {
            other.close();
        }
        redis.close();
    }

    /** What the far tier holds, asked by a node that was not there. */
    private String far(String key) {
        if (other == null) {
            other = Node.of(setup());
        }
        return other.getFar(key);
    }

    private void awaitClean() {
        soon().until(() -> node.dirty().isEmpty());
    }

    @Test
    void frozen_valueOfAKnownEntry_isWrittenInTheBackground() {
        start(setup());
        freezeKnowing("k", "old");
        node.put("k", "new");
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isEqualTo("new");
        assertThat(node.get("k")).isEqualTo("new");
        assertThat(node.figures().dirtyKeys()).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void frozen_valueOfAKeyThatWasNotKnown_isRemoved(Mode mode) {
        start(setup().mode(mode));
        far("k");
        other.putFar("k", "old");
        redis.freeze();
        node.put("k", "new");
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isNull();
        assertThat(node.get("k")).isNull();
    }

    @Test
    void frozen_removals_areMade() {
        start(setup());
        node.putFar("k", "old");
        node.putFar("l", "old");
        redis.freeze();
        node.remove("k");
        node.store().applyAll(Map.of("l", Change.removal(Condition.ALWAYS, false)));
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isNull();
        assertThat(far("l")).isNull();
    }

    /** The server comes back empty: what was known before is not there, so the value is nobody's to write. */
    @Test
    void restartedEmpty_nothingOfBeforeComesBack() {
        start(setup());
        node.putFar("k", "old");
        node.putFar("kept", "old");
        redis.kill();
        node.put("k", "new");
        node.put("fresh", "new");
        assertThat(node.get("k")).isEqualTo("new");
        redis.restart();
        awaitClean();
        for (String key : Set.of("k", "kept", "fresh")) {
            assertThat(far(key)).isNull();
        }
        assertThat(node.get("k")).isNull();
        assertThat(node.get("fresh")).isNull();
        soon().until(() -> node.get("kept") == null);
    }

    @Test
    void lifetime_thatEndsInTheOutage_becomesARemoval() {
        start(setup());
        node.putFar("k", "old");
        redis.freeze();
        node.put("k", "brief", 1);
        soon().until(() -> node.get("k") == null);
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isNull();
    }

    @Test
    void lifetime_thatIsLeft_isGivenToTheFarEntry() {
        start(setup());
        freezeKnowing("k", "old");
        long expires = node.put("k", "new", 3_600_000).now().expires();
        redis.thaw();
        awaitClean();
        far("k");
        long settled = other.store().read("k", Freshness.AUTHORITY).expires();
        assertThat(settled).isBetween(expires - 60_000_000, expires + 60_000_000);
    }

    /** A starved node may let go of what it keeps near, and rightly; then what it is told over that is not written. */
    private void freezeKnowing(String key, String value) {
        node.putFar(key, value);
        redis.freeze();
        while (node.get(key) == null) {
            redis.thaw();
            awaitClean();
            node.putFar(key, value);
            redis.freeze();
        }
    }

    /** No read in between may show what was there before, neither near nor far. */
    @Test
    void read_rightAfterTheOutage_isSettledFirst() {
        start(setup());
        for (int round = 0; round < 5; round++) {
            freezeKnowing("k", "old" + round);
            node.put("k", "new" + round);
            redis.thaw();
            String wanted = "new" + round;
            for (int i = 0; i < 200; i++) {
                assertThat(node.get("k")).isIn(wanted, null);
                Entry<String> found = node.store().lookupAll(Set.of("k")).get("k");
                assertThat(found == null ? null : found.value().get()).isIn(wanted, null);
            }
            awaitClean();
            await().atMost(Duration.ofSeconds(30)).until(() -> wanted.equals(node.get("k")));
        }
    }

    @Test
    void conditionalChange_afterTheOutage_isDecidedOverWhatWasSettled() {
        start(setup());
        freezeKnowing("k", "old");
        node.put("k", "new");
        Version noted = node.store().read("k", Freshness.NEAR).version();
        redis.thaw();
        soon().until(() ->
                !node.store().apply("k", node.write("x", Condition.ABSENT)).applied());
        Change<String> stale = Change.write(node.values.keep("x"), Condition.is(noted), Node.eternal(), true);
        assertThat(node.store().apply("k", stale).met().value().get())
                .as("a version of the outage is none of the far tier")
                .isEqualTo("new");
        assertThat(node.store().apply("k", node.write("y", Condition.PRESENT)).applied())
                .isTrue();
        assertThat(far("k")).isEqualTo("y");
    }

    @Test
    void scan_afterTheOutage_meetsWhatWasSettled() {
        start(setup());
        node.putFar("b", "old");
        freezeKnowing("a", "old");
        node.put("a", "new");
        node.remove("b");
        redis.thaw();
        soon().untilAsserted(() -> {
            Set<String> met = new HashSet<>();
            node.store().scan().forEachRemaining(keyed -> met.add(text(keyed)));
            assertThat(met).containsExactly("a=new");
        });
    }

    private static String text(Keyed<String, String> keyed) {
        return keyed.key() + "=" + keyed.entry().value().get();
    }

    @Test
    void clear_inTheOutage_isMadeAfterIt() {
        start(setup());
        IntStream.range(0, 300).forEach(i -> node.putFar("k" + i, "old"));
        redis.freeze();
        node.store().clear();
        node.put("k1", "after");
        assertThat(node.get("k1")).isEqualTo("after");
        redis.thaw();
        for (int i = 0; i < 300; i++) {
            assertThat(node.get("k" + i)).isNotEqualTo("old");
        }
        awaitClean();
        IntStream.range(0, 300).forEach(i -> assertThat(far("k" + i)).isNull());
        node.putFar("k1", "fresh");
        assertThat(far("k1")).isEqualTo("fresh");
    }

    @Test
    void tooManyKeys_becomeAClear() {
        start(setup().dirty(100, 1 << 20));
        IntStream.range(0, 300).forEach(i -> node.putFar("k" + i, "old"));
        redis.freeze();
        IntStream.range(0, 250).forEach(i -> {
            node.put("k" + i, "new");
            assertThat(node.get("k" + i)).isEqualTo("new");
        });
        assertThat(node.figures().dirtyKeys()).isLessThanOrEqualTo(100);
        IntStream.range(0, 250)
                .forEach(
                        i -> assertThat(node.get("k" + i)).as("a miss at worst").isNotEqualTo("old"));
        redis.thaw();
        awaitClean();
        IntStream.range(0, 250).forEach(i -> assertThat(far("k" + i)).isNull());
    }

    @Test
    void tooManyBytes_keysAreRemoved() {
        start(setup().dirty(1_000, 10_000));
        IntStream.range(0, 100).forEach(i -> node.putFar("k" + i, "old"));
        redis.freeze();
        IntStream.range(0, 100).forEach(i -> node.put("k" + i, "x".repeat(1_000)));
        assertThat(node.dirty().size()).isEqualTo(100);
        redis.thaw();
        awaitClean();
        assertThat(IntStream.range(0, 100).filter(i -> far("k" + i) != null).count())
                .isBetween(1L, 10L);
        IntStream.range(0, 100).forEach(i -> assertThat(far("k" + i)).isNotEqualTo("old"));
    }

    @Test
    void loadedInTheOutage_keyIsRemovedAfterIt() throws Exception {
        start(setup());
        far("k");
        other.putFar("k", "old");
        redis.freeze();
        node.loads().getOrLoad("k", () -> node.values.keep("loaded"), replaced -> Node.eternal());
        assertThat(node.get("k")).isEqualTo("loaded");
        redis.thaw();
        awaitClean();
        assertThat(far("k")).as("older than what this node has shown").isNull();
    }

    /** A full server takes no value, but the old one must not stay. */
    @Test
    void fullServer_writeThatIsRefused_becomesARemoval() {
        start(setup());
        node.putFar("k", "old");
        redis.call("CONFIG", "SET", "maxmemory", 1);
        node.put("k", "new");
        awaitClean();
        assertThat(node.get("k")).isNull();
        assertThat(far("k")).isNull();
    }

    @Test
    void outage_nothingIsSentWhileTheServerIsLeftAlone() {
        start(setup());
        node.putFar("k", "old");
        node.remove("none");
        node.store().clear();
        node.putFar("k", "old");
        long before = calls("evalsha");
        long start = System.nanoTime();
        redis.freeze();
        node.put("k", "new");
        for (int i = 0; i < 2_000; i++) {
            node.put("k" + i % 10, "v" + i);
            node.get("k" + i % 10);
            node.get("none" + i);
            node.remove("l");
        }
        redis.thaw();
        awaitClean();
        long beats = 1 + Duration.ofNanos(System.nanoTime() - start).toMillis() / 200;
        assertThat(calls("evalsha") - before).as("of 4,001 in the outage").isLessThan(60 + beats);
    }

    private long calls(String command) {
        Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
                .matcher(RespClient.text(redis.call("INFO", "commandstats")));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    // ---- closing

    @Test
    void close_ofTheManager_settlesIfItCan() {
        start(setup());
        freezeKnowing("k", "old");
        node.put("k", "new");
        redis.thaw();
        soon().until(() -> node.store().read("none", Freshness.AUTHORITY) == null);
        node.close();
        assertThat(far("k")).isEqualTo("new");
    }

    @Test
    void close_ofACacheInAnOutage_leavesAClearToWhoOpensItAgain() {
        start(setup());
        node.putFar("k", "old");
        redis.freeze();
        node.put("k", "new");
        node.cache.close();
        node.open();
        assertThat(node.get("k")).isNull();
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isNull();
        assertThat(node.get("k")).isNull();
    }

    @Test
    void close_ofACacheInAnOutage_isMadeUpForIfNobodyOpensIt() {
        start(setup());
        node.putFar("k", "old");
        redis.freeze();
        node.put("k", "new");
        node.cache.close();
        redis.thaw();
        soon().until(() -> far("k") == null);
    }

    @Test
    void destroy_inAnOutage_isMadeUpFor() {
        start(setup());
        node.putFar("k", "old");
        redis.freeze();
        node.store().destroy();
        node.cache.close();
        redis.thaw();
        soon().until(() -> far("k") == null);
    }

    @Test
    void putBrief_afterEverything_leavesNothingBehind() {
        start(setup());
        redis.freeze();
        node.store().apply("k", Change.write(node.values.keep("v"), Condition.ALWAYS, Lifetime.of(50_000), false));
        redis.thaw();
        awaitClean();
        assertThat(node.dirty().leases().size()).isZero();
        assertThat(node.dirty().size()).isZero();
    }
}
