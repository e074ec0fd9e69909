package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.CacheHealth;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.config.FarAddress;
import io.nearfar.config.StartPolicy;
import io.nearfar.config.Topology;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Lifetime;
import io.nearfar.key.Glob;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One master of three hangs: operations on many keys do what can be done, and what was given up never happens. */
@Timeout(120)
class PartialOutageTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TextFormat format = new TextFormat();
    private RealCluster cluster;
    private RealRedis hanging;
    private FarTier tier;
    private FarEntries<String, String> store;

    @BeforeEach
    void start() {
        cluster = RealCluster.start(Program.EMBEDDED);
        cluster.nodes().forEach(node -> node.call("CONFIG", "SET", "cluster-require-full-coverage", "no"));
        hanging = cluster.nodes().get(0);
        FarAddress address = new FarAddress(Topology.CLUSTER, List.of(cluster.hosts()), false, null, null, 0, null);
        cluster.nodes().forEach(node -> node.call("CONFIG", "SET", "cluster-node-timeout", "30000"));
        tier = FarSetups.open(FarSetups.far(address, "partial", StartPolicy.DEFAULT, DEADLINE));
        store = tier.store(FarSetups.cache("c", DEADLINE), new TextKeys(), format);
    }

    @AfterEach
    void stop() {
        hanging.thaw();
        tier.close();
        cluster.close();
    }

    private Map<String, Change<String>> writes(String text) {
        Map<String, Change<String>> writes = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            writes.put(
                    "k" + i, Change.write(format.keep(text), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false));
        }
        return writes;
    }

    /** The first third of the slots, so of the partitions, belongs to the first node; one may lie across. */
    private Set<String> keysOfHangingNode() {
        return writes("").keySet().stream()
                .filter(key -> store.partition(key) < Keyspace.PARTITIONS / 3)
                .collect(Collectors.toSet());
    }

    @Test
    void manyKeys_oneMasterHangs_theOthersAreServedAndNothingHappensLater() {
        store.applyAll(writes("old"));
        Set<String> lost = keysOfHangingNode();
        hanging.freeze();

        Set<String> unanswered = new HashSet<>();
        Map<String, ?> replies = store.applyAll(writes("new"), (key, why) -> unanswered.add(key));
        assertThat(unanswered).containsAll(lost).doesNotContainAnyElementsOf(replies.keySet());
        assertThat(replies.size() + unanswered.size()).isEqualTo(300);
        assertThat(replies).hasSizeGreaterThan(150);

        Set<String> unread = new HashSet<>();
        assertThat(store.readAll(writes("").keySet(), (key, why) -> unread.add(key)))
                .containsOnlyKeys(replies.keySet());
        assertThat(unread).isEqualTo(unanswered);

        hanging.thaw();
        await().atMost(SOON)
                .ignoreException(FarTierUnavailableException.class)
                .until(() -> store.readAll(unanswered, Freshness.AUTHORITY).size() == unanswered.size());
        assertThat(store.readAll(unanswered, Freshness.AUTHORITY).values())
                .allMatch(entry -> entry.value().get().equals("old"));
    }

    /** A walk passes the master by and says so; what it finds on the others goes. */
    @Test
    void pattern_oneMasterHangs_isRemovedFromTheOthers() {
        store.applyAll(writes("old"));
        Set<String> lost = keysOfHangingNode();
        BitSet all = new BitSet();
        all.set(0, Keyspace.PARTITIONS);
        hanging.freeze();
        BitSet left = new BitSet();
        Map<Integer, Long> told = store.announce(Glob.of("k*"), all, (partition, why) -> left.set(partition));
        assertThat(told.size() + left.cardinality()).isEqualTo(Keyspace.PARTITIONS);
        assertThat(left.cardinality()).isBetween(20, 23);

        KeyWalk walk = new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime);
        assertThatThrownBy(() -> store.removeMatching("k", Glob.of("k*"), walk))
                .isInstanceOf(FarTierUnavailableException.class);
        BitSet unwalked = new BitSet();
        store.removeMatching("k", Glob.of("k*"), all, walk, (partition, why) -> unwalked.set(partition));
        assertThat(unwalked).isEqualTo(left);
        BitSet others = (BitSet) all.clone();
        others.andNot(left);
        store.removeMatching("k", Glob.of("k*"), others, walk, (partition, why) -> {
            throw why;
        });
        hanging.thaw();
        await().atMost(SOON)
                .ignoreException(FarTierUnavailableException.class)
                .untilAsserted(() -> assertThat(store.readAll(writes("").keySet(), Freshness.AUTHORITY))
                        .containsKeys(lost.toArray(new String[0]))
                        .hasSize(300 - (int) walk.removed()));
        assertThat(walk.removed()).isBetween(150L, 300L - lost.size());
    }

    /** It answers to its last page and not to what is to be removed of it: the masters after it get their walk. */
    @Test
    void pattern_theFirstMasterHangsWhileItsLastPageIsRemoved_isRemovedFromTheOthers() {
        store.applyAll(writes("old"));
        KeyWalk walk = new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime);
        AtomicInteger third = new AtomicInteger(-1);
        Predicate<String> freezing = text -> {
            int partition = store.partition(text);
            if (!liesAcross(partition) && third.compareAndSet(-1, third(partition))) {
                hanging = cluster.nodes().get(third(partition));
                hanging.freeze();
            }
            return true;
        };
        assertThatThrownBy(() -> store.removeMatching("k", freezing, walk))
                .isInstanceOf(FarTierUnavailableException.class);
        hanging.thaw();
        await().atMost(SOON)
                .ignoreException(FarTierUnavailableException.class)
                .untilAsserted(() -> assertThat(store.readAll(writes("").keySet(), Freshness.AUTHORITY)
                                .keySet())
                        .hasSizeGreaterThan(50)
                        .map(store::partition)
                        .allMatch(partition -> liesAcross(partition) || third(partition) == third.get()));
    }

    private static int third(int partition) {
        return partition * 3 / Keyspace.PARTITIONS;
    }

    /** Slots are shared out in thirds, and 64 is none of three. */
    private static boolean liesAcross(int partition) {
        return partition == Keyspace.PARTITIONS / 3 || partition == Keyspace.PARTITIONS * 2 / 3;
    }

    /** Its health says so too, without waiting for the one that is known to hang. */
    @Test
    void clear_oneMasterHangs_clearsTheOthersAndSaysWhichItDidNot() {
        store.applyAll(writes("old"));
        BitSet all = new BitSet();
        all.set(0, Keyspace.PARTITIONS);
        hanging.freeze();
        BitSet left = new BitSet();
        store.clear(all, (partition, why) -> left.set(partition));
        assertThat(left.cardinality()).isBetween(21, 22);
        assertThat(left.stream()).allMatch(partition -> store.silence(partition) != null);
        assertDegraded();

        hanging.thaw();
        await().atMost(SOON)
                .ignoreException(FarTierUnavailableException.class)
                .untilAsserted(() -> assertThat(store.readAll(writes("").keySet(), Freshness.AUTHORITY))
                        .isNotEmpty()
                        .allSatisfy((key, entry) ->
                                assertThat(left.get(store.partition(key))).isTrue()));
        await().atMost(SOON).until(() -> left.stream().noneMatch(partition -> store.silence(partition) != null));
    }

    private void assertDegraded() {
        CacheHealth health = tier.health("tiered");
        assertThat(health.state()).isEqualTo(CacheHealth.State.DEGRADED);
        assertThat(health.topology()).isEqualTo("cluster");
        assertThat(health.servers())
                .filteredOn(server -> !server.answers())
                .extracting(CacheHealth.Server::address)
                .containsExactly(hanging.host());
        assertThat(health.servers()).filteredOn(CacheHealth.Server::answers).hasSize(2);
    }
}
