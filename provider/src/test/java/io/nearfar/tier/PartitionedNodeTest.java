package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Relay;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes, of which one is cut off from the server while both go on. */
@Timeout(120)
class PartitionedNodeTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RealRedis redis = RealRedis.start();
    private final Relay relay = new Relay(redis.port());
    private Node here;
    private Node there;

    @BeforeEach
    void start() {
        here = Node.of(Setup.over(relay.host(), "tiers:partition", DEADLINE));
        there = Node.of(Setup.over(redis.host(), "tiers:partition", DEADLINE));
    }

    @AfterEach
    void stop() {
        relay.pass();
        here.close();
        there.close();
        relay.close();
        redis.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(FarTierUnavailableException.class);
    }

    /** Ends the partition: what was sent arrives late, or never where {@code cut}. */
    private void heal(boolean cut) {
        if (cut) {
            relay.cutClients();
        }
        relay.pass();
        soon().until(() -> here.dirty().isEmpty() && here.store().read("none", Freshness.AUTHORITY) == null);
    }

    private void assertAgreed(String key, String value) {
        assertThat(there.getFar(key)).isEqualTo(value);
        soon().untilAsserted(() -> assertThat(here.get(key)).isEqualTo(value));
        soon().untilAsserted(() -> assertThat(there.get(key)).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writeOfTheNodeThatIsCutOff_isMadeUpFor(boolean cut) {
        here.putFar("k", "old");
        assertThat(there.get("k")).isEqualTo("old");
        relay.hold();
        here.put("k", "mine");
        assertThat(here.get("k")).isEqualTo("mine");
        heal(cut);
        assertAgreed("k", "mine");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void newerWriteOfTheOtherNode_isNotUndoneByTheOlderOne(boolean cut) {
        here.putFar("k", "old");
        relay.hold();
        here.put("k", "mine");
        there.putFar("k", "theirs");
        heal(cut);
        assertAgreed("k", null);
        here.putFar("k", "again");
        assertAgreed("k", "again");
    }

    @Test
    void writesOnBothSides_ofManyKeys_endInOneTruth() {
        IntStream.range(0, 600).forEach(i -> here.putFar("k" + i, "old"));
        relay.hold();
        for (int i = 0; i < 600; i++) {
            if (i % 2 == 0) {
                here.put("k" + i, "mine");
            }
            if (i % 3 == 0) {
                there.putFar("k" + i, "theirs");
            }
        }
        heal(false);
        int unknown = 0;
        for (int i = 0; i < 600; i++) {
            String both = i % 6 == 0 ? null : i % 2 == 0 ? "mine" : i % 3 == 0 ? "theirs" : "old";
            boolean forgotten = "mine".equals(both) && there.getFar("k" + i) == null;
            unknown += forgotten ? 1 : 0;
            assertAgreed("k" + i, forgotten ? null : both);
        }
        assertThat(unknown)
                .as("of 200 keys, those whose far entry this node did not know any more: they are removed")
                .isLessThan(100);
    }

    @Test
    void removalOfTheNodeThatIsCutOff_isMadeUpFor() {
        here.putFar("k", "old");
        assertThat(there.get("k")).isEqualTo("old");
        relay.hold();
        here.remove("k");
        heal(false);
        assertAgreed("k", null);
    }

    @Test
    void clearOfTheNodeThatIsCutOff_isMadeUpForAndTakesWhatWasWrittenMeanwhile() {
        IntStream.range(0, 100).forEach(i -> here.putFar("k" + i, "old"));
        IntStream.range(0, 100).forEach(i -> there.get("k" + i));
        relay.hold();
        here.store().clear();
        here.put("k1", "mine");
        there.putFar("k1", "theirs");
        heal(false);
        for (int i = 0; i < 100; i++) {
            assertAgreed("k" + i, null);
        }
    }

    /** The other node's load began before the write of this node was noted; what it brings must not stay over it. */
    @Test
    void loadOfTheOtherNode_isVoidedByTheSettling() throws Exception {
        here.putFar("k", "old");
        there.remove("k");
        soon().until(() -> here.get("k") == null);
        Loaded<String> loaded = there.loads()
                .getOrLoad(
                        "k",
                        () -> {
                            relay.hold();
                            here.put("k", "mine");
                            heal(false);
                            return there.values.keep("loaded");
                        },
                        replaced -> Node.eternal());
        assertThat(loaded.value().get()).isEqualTo("loaded");
        assertAgreed("k", null);
    }

    @Test
    void conditionalWrite_neverClaimsWhatIsNotSo() {
        here.putFar("k", "old");
        Entry<String> seen = here.store().read("k", Freshness.NEAR);
        relay.hold();
        Change<String> change = here.write("mine", Condition.is(seen.version()));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> here.store().apply("k", change))
                .isInstanceOf(FarTierUnavailableException.class);
        there.putFar("k", "theirs");
        heal(false);
        assertAgreed("k", "theirs");
    }
}
