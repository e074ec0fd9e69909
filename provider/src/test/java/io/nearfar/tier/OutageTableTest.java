package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.Mode;
import io.nearfar.config.OutagePolicy;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each operation answers on a node whose Redis has died, by policy. */
@Timeout(120)
class OutageTableTest {
    private final RealRedis redis = RealRedis.start();
    private Node node;
    private EntryStore<String, String> store;

    private void start(Setup setup) {
        node = Node.of(setup);
        store = node.store();
        node.putFar("near", "old");
    }

    private Setup setup() {
        return Setup.over(redis.host(), "tiers:table", FarSetups.DEADLINE);
    }

    private void outage(Setup setup) {
        start(setup);
        redis.kill();
    }

    @AfterEach
    void stop() {
        node.close();
        redis.close();
    }

    private static void assertRefused(ThrowingCallable operation) {
        assertThatThrownBy(operation).isInstanceOf(FarTierUnavailableException.class);
    }

    private Change<String> removal(Condition condition) {
        return Change.removal(condition, true);
    }

    // ---- fail open

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void put_isSeenByThisNodeUntilItIsRemoved(Mode mode) {
        outage(setup().mode(mode));
        Reply<String> reply = node.put("k", "1");
        assertThat(reply.applied()).isTrue();
        assertThat(reply.version()).isNull();
        assertThat(node.get("k")).isEqualTo("1");
        node.put("k", "2");
        assertThat(node.get("k")).isEqualTo("2");
        assertThat(store.read("k", Freshness.NEAR).value().get()).isEqualTo("2");
        assertThat(store.readAll(List.of("k", "none"), Freshness.NEAR)).containsOnlyKeys("k");
        assertThat(store.lookupAll(Set.of("k"))).containsOnlyKeys("k");
        node.remove("k");
        assertThat(node.get("k")).isNull();
        assertThat(store.lookupAll(Set.of("k"))).isEmpty();
    }

    @Test
    void remove_hidesWhatIsNear() {
        outage(setup());
        Reply<String> reply = node.remove("near");
        assertThat(reply.applied()).isTrue();
        assertThat(reply.existed()).as("what was there is not known").isFalse();
        assertThat(node.get("near")).isNull();
        assertThat(node.figures().dirtyKeys()).isOne();
    }

    @Test
    void put_moreThanTheNearTierHolds_isSeen() {
        outage(setup());
        for (int i = 0; i < 3_000; i++) {
            node.put("k" + i, "v" + i);
        }
        for (int i = 0; i < 3_000; i++) {
            assertThat(node.get("k" + i)).isEqualTo("v" + i);
        }
        assertThat(node.cache.nearSize().getAsLong())
                .as("nothing of it is in the near tier")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void manyKeys_areNotedEach() {
        outage(setup());
        Map<String, Reply<String>> replies = store.applyAll(Map.of(
                "a", node.write("1", Condition.ALWAYS),
                "b", node.write("2", Condition.ALWAYS),
                "near", Change.removal(Condition.ALWAYS, false)));
        assertThat(replies)
                .hasSize(3)
                .allSatisfy((key, reply) -> assertThat(reply.applied()).isTrue());
        assertThat(store.lookupAll(Set.of("a", "b", "near"))).containsOnlyKeys("a", "b");
    }

    @Test
    void lifetime_isCountedFromThePut() {
        outage(setup());
        Reply<String> reply = node.put("k", "v", 3_600_000);
        Entry<String> entry = reply.now();
        assertThat(entry.expires() - entry.created()).isEqualTo(3_600_000_000L);
        assertThat(store.lookup("k")).isEqualTo(entry);
        store.touch("k", entry, 7_200_000);
        assertThat(store.lookup("k").expires()).isGreaterThan(entry.expires());
        store.touch("k", store.lookup("k"), Lifetime.NONE);
        assertThat(node.get("k")).isNull();
        node.put("k", "v", Lifetime.NONE);
        assertThat(node.get("k")).isNull();
    }

    @Test
    void whatOnlyTheFarTierCanDecide_isRefusedAndNothingIsNoted() {
        outage(setup());
        List<Condition> conditions =
                List.of(Condition.ABSENT, Condition.PRESENT, Condition.WITNESSED, Condition.is(new Version(1, 1)));
        for (Condition condition : conditions) {
            assertRefused(() -> store.apply("k", node.write("v", condition)));
            assertRefused(() -> store.apply("k", removal(condition)));
            assertRefused(() ->
                    store.applyAll(Map.of("k", node.write("v", condition), "l", node.write("v", Condition.ALWAYS))));
        }
        assertRefused(() -> store.read("near", Freshness.AUTHORITY));
        assertRefused(() -> store.readAll(List.of("near"), Freshness.AUTHORITY));
        assertRefused(() -> store.scan().hasNext());
        assertThat(node.dirty().isEmpty()).isTrue();
        node.put("k", "noted");
        assertRefused(() -> store.read("k", Freshness.AUTHORITY));
        assertRefused(() -> store.apply("k", node.write("v", Condition.PRESENT)));
        assertRefused(() -> store.scan().hasNext());
        assertThat(node.get("k")).isEqualTo("noted");
    }

    @Test
    void clear_hidesEverythingOfBefore() {
        outage(setup());
        node.put("k", "1");
        store.clear();
        assertThat(node.get("k")).isNull();
        assertThat(node.get("near")).isNull();
        node.put("k", "2");
        assertThat(node.get("k")).isEqualTo("2");
        assertThat(node.get("near")).isNull();
        store.clear();
        assertThat(node.get("k")).isNull();
    }

    @Test
    void valueThatCannotBeStored_isRefusedAsEver() {
        outage(setup());
        node.put("k", "noted");
        io.nearfar.entry.Value<String> unstorable = new io.nearfar.entry.Value<>() {
            @Override
            public String get() {
                return "x";
            }

            @Override
            public byte[] bytes() {
                throw new javax.cache.CacheException("too large");
            }

            @Override
            public int weight() {
                return 1;
            }
        };
        Change<String> write = Change.write(unstorable, Condition.ALWAYS, Node.eternal(), false);
        assertThatThrownBy(() -> store.apply("k", write)).hasMessage("too large");
        assertThatThrownBy(() -> store.apply("l", write)).hasMessage("too large");
        assertThat(node.get("k")).isEqualTo("noted");
    }

    @Test
    void unavailable_isCountedOnceForEachOperation() {
        outage(setup());
        long before = node.figures().unavailable();
        node.put("k", "v");
        node.get("k");
        node.get("none");
        store.lookupAll(Set.of("a", "b", "c"));
        store.clear();
        assertThat(node.figures().unavailable() - before).isEqualTo(5);
        assertThat(node.figures().nearHits()).as("an own change is a hit").isOne();
    }

    /** Unreachable at start is an outage like another. */
    @Test
    void neverReached_isAnOutageToo() {
        redis.kill();
        node = Node.unreached(setup());
        store = node.store();
        node.put("k", "1");
        store.applyAll(Map.of("l", node.write("2", Condition.ALWAYS)));
        assertThat(store.lookupAll(Set.of("k", "l", "none"))).containsOnlyKeys("k", "l");
        store.clear();
        assertThat(node.get("k")).isNull();
        node.put("k", "3");
        assertRefused(() -> store.apply("k", node.write("v", Condition.ABSENT)));
        redis.restart();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> node.dirty().isEmpty());
        assertThat(store.apply("k", node.write("4", Condition.ABSENT)).applied())
                .isTrue();
    }

    // ---- loads

    private Loaded<String> load(String key, AtomicInteger calls) throws Exception {
        return node.loads()
                .getOrLoad(key, () -> node.values.keep("loaded" + calls.incrementAndGet()), replaced -> Node.eternal());
    }

    @Test
    void getOrLoad_callsAndIsAnsweredByThisNodeForAWhile() throws Exception {
        outage(setup());
        AtomicInteger calls = new AtomicInteger();
        assertThat(load("k", calls).value().get()).isEqualTo("loaded1");
        assertThat(node.get("k")).isEqualTo("loaded1");
        assertThat(node.loads().pending()).isZero();
        assertThat(node.dirty().leases().size()).isZero();
    }

    @Test
    void getOrLoad_withoutStaleness_callsEachTime() throws Exception {
        outage(setup().maxStale(Duration.ZERO));
        AtomicInteger calls = new AtomicInteger();
        load("k", calls);
        assertThat(node.get("k")).isNull();
        assertThat(load("k", calls).value().get()).isEqualTo("loaded2");
    }

    @Test
    void reload_replacesWhatThisNodeKnows() throws Exception {
        outage(setup());
        node.put("k", "put");
        Loaded<String> loaded = node.loads().reload("k", () -> node.values.keep("fresh"), replaced -> Node.eternal());
        assertThat(loaded.stored().applied()).isTrue();
        assertThat(node.get("k")).isEqualTo("fresh");
    }

    @Test
    void getOrLoad_keyWrittenMeanwhile_keepsTheWrite() throws Exception {
        outage(setup());
        node.loads()
                .getOrLoad(
                        "k",
                        () -> {
                            node.put("k", "put");
                            return node.values.keep("loaded");
                        },
                        replaced -> Node.eternal());
        assertThat(node.get("k")).isEqualTo("put");
        assertThat(store.lease("k", 1_000)).isInstanceOf(Lease.Granted.class);
        Version granted = ((Lease.Granted<String>) store.lease("l", 1_000)).version();
        assertThat(store.renew("l", granted, 1_000)).isTrue();
        assertThat(store.lease("l", 1_000)).isInstanceOf(Lease.Held.class);
        store.release("l", granted);
        assertThat(store.lease("l", 1_000)).isInstanceOf(Lease.Granted.class);
    }

    // ---- decided by this node alone

    @Test
    void local_conditionalChanges_areDecidedOverWhatThisNodeKnows() {
        outage(setup().local());
        Version known = store.read("near", Freshness.AUTHORITY).version();
        assertThat(store.apply("near", node.write("x", Condition.ABSENT)).applied())
                .isFalse();
        assertThat(store.apply("near", node.write("x", Condition.is(known))).applied())
                .isTrue();
        assertThat(store.apply("near", node.write("y", Condition.is(known))).applied())
                .isFalse();
        assertThat(node.get("near")).isEqualTo("x");
        Change<String> getAndPut = Change.write(node.values.keep("z"), Condition.WITNESSED, Node.eternal(), true);
        assertThat(store.apply("near", getAndPut).met().value().get()).isEqualTo("x");
        assertThat(store.apply("near", removal(Condition.WITNESSED))
                        .met()
                        .value()
                        .get())
                .isEqualTo("z");
        assertThat(store.apply("near", removal(Condition.PRESENT)).applied()).isFalse();
        assertThat(store.read("near", Freshness.AUTHORITY)).isNull();
        assertThat(store.apply("new", node.write("1", Condition.ABSENT)).applied())
                .isTrue();
        assertThat(store.apply("new", node.write("2", Condition.ABSENT)).applied())
                .isFalse();
        assertThat(node.remove("new").existed()).as("as far as this node knows").isTrue();
        assertRefused(() -> store.scan().hasNext());
    }

    // ---- fail closed

    @Test
    void closed_everyOperationThrows() {
        outage(setup().outage(OutagePolicy.CLOSED));
        assertRefused(() -> node.get("k"));
        assertRefused(() -> store.read("k", Freshness.NEAR));
        assertRefused(() -> store.lookupAll(Set.of("k")));
        assertRefused(() -> node.put("k", "v"));
        assertRefused(() -> node.remove("k"));
        assertRefused(() -> store.applyAll(Map.of("k", node.write("v", Condition.ALWAYS))));
        assertRefused(store::clear);
        assertRefused(() -> store.scan().hasNext());
        assertRefused(() -> store.lease("k", 1_000));
        assertRefused(() -> load("k", new AtomicInteger()));
        assertRefused(store::destroy);
        assertThat(node.dirty().isEmpty()).isTrue();
        assertThat(node.figures().dirtyKeys()).isZero();
    }
}
