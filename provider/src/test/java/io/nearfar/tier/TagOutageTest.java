package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.Mode;
import io.nearfar.config.OutagePolicy;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invalidations of tags while the server does not answer, and after. */
@Timeout(120)
class TagOutageTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RealRedis redis = RealRedis.start();
    private @Nullable Node node;
    private @Nullable Node other;

    private Setup setup() {
        return Setup.over(redis.host(), "tiers:tags", DEADLINE);
    }

    private void start(Setup setup) {
        node = Node.of(setup);
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(FarTierUnavailableException.class);
    }

    private @Nullable String far(String key) {
        if (other == null) {
            other = Node.of(setup());
        }
        return other.getFar(key);
    }

    private static Reply<String> put(Node at, String key, String value, String... tags) {
        Attributes attributes = Attributes.of(List.of(tags), Attributes.AS_CONFIGURED);
        return at.store().apply(key, at.write(value, Condition.ALWAYS).with(attributes));
    }

    private static void putFar(Node at, String key, String value, String... tags) {
        soon().until(() -> put(at, key, value, tags).version() != null);
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

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void invalidation_inTheOutage_isDoneNear_andMadeAfterIt(Mode mode) {
        start(setup().mode(mode));
        putFar(node, "k", "old", "red");
        putFar(node, "l", "old", "green");
        assertThat(node.get("k")).isEqualTo("old");
        redis.freeze();
        node.store().invalidateTags(Set.of("red"));
        assertThat(node.get("k")).isNull();
        assertThat(node.dirty().tags().pending().cardinality()).isEqualTo(64);
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isNull();
        assertThat(far("l")).isEqualTo("old");
        assertThat(node.get("k")).isNull();
        soon().until(() -> "old".equals(node.get("l")));
    }

    /** Nothing that the far tier says is believed before. */
    @Test
    void read_rightAfterTheOutage_isSettledFirst() {
        start(setup());
        putFar(node, "k", "old", "red");
        for (int i = 0; i < 10; i++) {
            redis.freeze();
            node.store().invalidateTags(Set.of("red"));
            redis.thaw();
            assertThat(node.get("k")).isNull();
            soon().until(() -> {
                String seen = node.getFar("k");
                assertThat(seen).isNull();
                return true;
            });
            awaitClean();
            putFar(node, "k", "old", "red");
        }
    }

    /**
     * What was put before it in the outage is not written. What was put after it with its tag is served until the outage ends:
     * the invalidation is made then, and nobody can tell what else with that tag came before.
     */
    @Test
    void invalidation_endsWhatWasNotedBeforeIt() {
        start(setup());
        for (String key : Set.of("before", "after", "other")) {
            putFar(node, key, "old");
        }
        redis.freeze();
        put(node, "before", "new", "red");
        put(node, "other", "new", "green");
        node.store().invalidateTags(Set.of("red"));
        assertThat(node.get("before")).isNull();
        put(node, "after", "new", "red");
        assertThat(node.get("other")).isEqualTo("new");
        assertThat(node.get("after")).isEqualTo("new");
        redis.thaw();
        awaitClean();
        assertThat(far("before")).isNull();
        assertThat(far("other")).isEqualTo("new");
        assertThat(far("after")).isNull();
    }

    /** Nobody can tell whether the other node's invalidation came before what was noted here; so it counts as later. */
    @Test
    void invalidation_ofAnotherNode_endsWhatWasNotedHere() {
        start(setup());
        putFar(node, "k", "old");
        assertThat(far("k")).isEqualTo("old");
        redis.freeze();
        put(node, "k", "new", "red");
        redis.thaw();
        soon().until(() -> {
            other.store().invalidateTags(Set.of("red"));
            return other.dirty().isEmpty();
        });
        awaitClean();
        soon().until(() -> far("k") == null);
    }

    /** Of what the far tier still has, it is not there for this node any more: for a walk, and for a read under way. */
    @Test
    void invalidation_thatIsOwed_endsWhatTheFarTierStillHas() {
        start(setup());
        putFar(node, "k", "old", "red");
        putFar(node, "l", "old", "green");
        Entry<String> entry = node.store().read("k", Freshness.AUTHORITY);
        Entry<String> other = node.store().read("l", Freshness.AUTHORITY);
        BitSet all = new BitSet();
        all.set(0, 64);
        redis.freeze(); // or it would be made
        node.dirty().noteTags(Set.of("red"), Ending.HARD, all);
        assertThat(node.dirty().ended(entry, 5)).isEqualTo(new DirtySet.Known<>(null));
        assertThat(node.dirty().ended(other, 5)).isNull();
        assertThat(node.dirty().known("k", 5, entry)).isEqualTo(new DirtySet.Known<>(null));
    }

    @Test
    void closedPolicy_throws_andServesNothingOfIt() {
        start(setup().outage(OutagePolicy.CLOSED));
        putFar(node, "k", "old", "red");
        redis.freeze();
        assertThatThrownBy(() -> node.store().invalidateTags(Set.of("red")))
                .isInstanceOf(FarTierUnavailableException.class);
        assertThat(node.dirty().isEmpty()).isTrue();
    }

    /** Each batch in one script for each partition, whether it is made at once or after an outage. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void manyTags_goSomeAtATime(Mode mode) {
        start(setup().mode(mode));
        List<String> tags = IntStream.range(0, 350).mapToObj(i -> "t" + i).toList();
        node.store().invalidateTags(Set.of("first")); // puts the metas in their places
        putFar(node, "k", "old", "t349");
        long before = scripts();
        node.store().invalidateTags(tags);
        assertThat(scripts() - before).isEqualTo(4 * 64);
        assertThat(node.getFar("k")).isNull();
        putFar(node, "k", "old", "t349");
        redis.freeze();
        node.store().invalidateTags(tags);
        redis.thaw();
        awaitClean();
        assertThat(scripts() - before).isBetween(8L * 64, 12L * 64);
        assertThat(node.getFar("k")).isNull();
    }

    /** Returns in how many scripts tags were entered: each asks for the size of the table. */
    private long scripts() {
        String stats = RespClient.text(redis.call("INFO", "commandstats"));
        Matcher calls = Pattern.compile("cmdstat_hlen:calls=(\\d+)").matcher(stats);
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void tooManyTags_becomeAClear() {
        start(setup());
        putFar(node, "k", "old");
        redis.freeze();
        for (int i = 0; i < 3; i++) {
            int from = 400 * i;
            node.store()
                    .invalidateTags(IntStream.range(from, from + 400)
                            .mapToObj(n -> "t" + n)
                            .toList());
        }
        assertThat(node.dirty().clears().pending().cardinality()).isEqualTo(64);
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isNull();
    }

    @Test
    void close_ofACacheThatOwesAnInvalidation_leavesAClear() {
        start(setup());
        putFar(node, "k", "old", "red");
        redis.freeze();
        node.store().invalidateTags(Set.of("red"));
        node.cache.close();
        node.open();
        assertThat(node.get("k")).isNull();
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isNull();
    }

    private static Storing<String> red() {
        return new Storing<>() {
            @Override
            public Lifetime lifetime(@Nullable Entry<String> replaced) {
                return Node.eternal();
            }

            @Override
            public Attributes attributes() {
                return Attributes.of(List.of("red"), Attributes.AS_CONFIGURED);
            }
        };
    }

    /** This node decides alone, and does not know of what it decides over that it is older than the invalidation. */
    @Test
    void reload_underWayWhenAnInvalidationIsMade_isNotNotedInTheOutageThatFollows() throws Exception {
        start(setup().local());
        putFar(node, "k", "old");
        assertThat(node.get("k")).isEqualTo("old");
        Loaded<String> loaded = node.loads()
                .reload(
                        "k",
                        () -> {
                            soon().until(() -> {
                                node.store().invalidateTags(Set.of("red"));
                                return node.dirty().isEmpty();
                            });
                            redis.freeze();
                            return node.values.keep("loaded before");
                        },
                        red());
        assertThat(loaded.value().get()).isEqualTo("loaded before");
        assertThat(node.get("k")).isNull();
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isEqualTo("old");
    }

    @Test
    void load_underWayWhenTheOutageBrings_anInvalidation_isNotStored() throws Exception {
        start(setup());
        putFar(node, "other", "old");
        redis.freeze();
        String loaded = node.loads()
                .getOrLoad(
                        "k",
                        () -> {
                            node.store().invalidateTags(Set.of("red"));
                            return node.values.keep("loaded");
                        },
                        red())
                .value()
                .get();
        assertThat(loaded).isEqualTo("loaded");
        assertThat(node.get("k")).isNull();
        redis.thaw();
        awaitClean();
        assertThat(far("k")).isNull();
    }
}
