package io.nearfar.far;

import static io.nearfar.testing.FarSetups.address;
import static io.nearfar.testing.FarSetups.far;
import static io.nearfar.testing.FarSetups.hearing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lifetime;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the servers tell of our entries, and of nothing else. */
@Timeout(120)
class KeyspaceEventsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    private static RealRedis speaking() {
        return RealRedis.start("--notify-keyspace-events", "Kg$xe");
    }

    private static EntryStore<String, String> store(FarTier tier) {
        return tier.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
    }

    private static void put(FarTier tier, String key) {
        Change<String> put =
                Change.write(new TextFormat().keep("v"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false);
        store(tier).apply(key, put);
    }

    @Test
    void settings_withoutEvents_subscribeToNoPattern() {
        try (RealRedis redis = speaking();
                FarTier tier = FarSetups.open(far(address(redis.host()), "events"))) {
            assertThat(redis.call("PUBSUB", "NUMPAT")).isEqualTo(0L);
            tier.hear("c", heard::add);
            put(tier, "k");
            assertThat(heard).isEmpty();
        }
    }

    /** Whose key it is shows in its name: other prefixes, other caches and other databases are not told of. */
    @Test
    void events_ofTheCachesEntriesAlone_areTold() {
        FarAddress elsewhere = new FarAddress(Topology.STANDALONE, List.of("h:1"), false, null, null, 3, null);
        try (RealRedis redis = speaking();
                FarTier tier = FarSetups.open(hearing(far(address(redis.host()), "events")))) {
            assertThat(redis.call("PUBSUB", "NUMPAT")).isEqualTo(1L);
            tier.hear("c", heard::add);
            Consumer<String> other = text -> heard.add("d " + text);
            tier.hear("d: {*}", other);
            Keyspace keyspace = new Keyspace("events");
            redis.call("SET", new Keyspace("eventz").entryKey("c", "k"), "x");
            redis.call("SET", keyspace.entryKey("e", "k"), "x");
            redis.call("SET", "foreign", "x");
            redis.call("SET", "{events~0}:e:c", "x");
            redis.call("SET", "{events~1}:e:c:wrong tag", "x");
            redis.call("SET", keyspace.metaKey("c", 5), "x");
            redis.call("SET", keyspace.entryKey("c", "a:b {*} é"), "x");
            redis.call("SET", keyspace.entryKey("d: {*}", "k"), "x");
            redis.call("DEL", keyspace.entryKey("c", "a:b {*} é"));
            await().atMost(SOON).until(() -> heard.size() == 3);
            assertThat(heard).containsExactly("a:b {*} é", "d k", "a:b {*} é");
            tier.unhear("d: {*}", other);
            redis.call("DEL", keyspace.entryKey("d: {*}", "k"));
            redis.call("SET", keyspace.entryKey("c", "last"), "x");
            await().atMost(SOON).until(() -> heard.contains("last"));
            assertThat(heard).hasSize(4);
        }
        assertThat(new Keyspace("events", elsewhere.database()).eventPattern())
                .isEqualTo("__keyspace@3__:{events~*}:[ex]:*");
    }

    /** A cache may be closed while another of its name is open already. */
    @Test
    void unhear_ofWhoWasBefore_leavesWhoCameLater() {
        try (RealRedis redis = speaking();
                FarTier tier = FarSetups.open(hearing(far(address(redis.host()), "events")))) {
            Consumer<String> before = text -> heard.add("before " + text);
            tier.hear("c", before);
            tier.hear("c", heard::add);
            tier.unhear("c", before);
            redis.call("SET", new Keyspace("events").entryKey("c", "k"), "x");
            await().atMost(SOON).until(() -> heard.contains("k"));
            assertThat(heard).containsOnly("k");
        }
    }

    @Test
    void serverThatSendsNone_isToldOfOnce() {
        try (CapturedLog log = new CapturedLog();
                RealRedis redis = RealRedis.start();
                FarTier tier = FarSetups.open(hearing(far(address(redis.host()), "events")))) {
            await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
                put(tier, "k");
                return !log.lines("NF0313").isEmpty();
            });
            put(tier, "k");
            assertThat(log.lines("NF0313")).hasSize(1);
            assertThat(log.lines("NF0313").get(0)).contains("notify-keyspace-events Kg$xe");
        }
    }

    @Test
    void serverThatSendsThem_isNotComplainedOf() {
        try (CapturedLog log = new CapturedLog();
                RealRedis redis = speaking();
                FarTier tier = FarSetups.open(hearing(far(address(redis.host()), "events")))) {
            tier.hear("c", heard::add);
            for (int i = 0; i < 10 * KeyspaceEvents.SILENCE; i++) {
                put(tier, "k");
            }
            put(tier, "last");
            await().atMost(SOON).until(() -> heard.contains("last"));
            assertThat(log.lines("NF0313")).isEmpty();
        }
    }

    @Test
    void userWithoutTheRight_isRefusedAtStart() {
        try (RealRedis redis = speaking()) {
            Object[] words = "ACL SETUSER app on >secret ~* +@all resetchannels &{events~*".split(" ");
            redis.call(words);
            FarAddress address =
                    new FarAddress(Topology.STANDALONE, List.of(redis.host()), false, "app", "secret", 0, null);
            FarTier.open(far(address, "events")).close();
            assertThatThrownBy(() -> FarTier.open(hearing(far(address, "events"))))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("PSUBSCRIBE");
            redis.call("ACL", "SETUSER", "app", "&__keyspace@0__:{events~*}:[ex]:*");
            FarTier.open(hearing(far(address, "events"))).close();
        }
    }

    /** Events come from the master alone, and what takes its place has to be subscribed to as well. */
    @Test
    void masterReplaced_isListenedToInItsPlace() {
        try (RealRedis master = speaking();
                RealRedis replica = RealRedis.start(
                        "--replicaof",
                        "127.0.0.1",
                        String.valueOf(master.port()),
                        "--notify-keyspace-events",
                        "Kg$xe");
                FarTier tier = FarSetups.open(
                        hearing(far(FarSetups.masterAndReplicas(master.host(), replica.host()), "events")))) {
            tier.hear("c", heard::add);
            master.kill();
            replica.call("REPLICAOF", "NO", "ONE");
            String name = new Keyspace("events").entryKey("c", "k");
            await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
                replica.call("SET", name, "x");
                return heard.contains("k");
            });
        }
    }

    /** A master that joins later speaks of the slots that it is given. */
    @Test
    void masterThatJoinsTheCluster_isListenedTo() {
        try (RealCluster cluster = RealCluster.start(Program.EMBEDDED);
                RealRedis joining = Program.EMBEDDED.startAt(
                        RealRedis.freePort(), "--cluster-enabled", "yes", "--notify-keyspace-events", "Kg$xe");
                FarTier tier = FarSetups.open(hearing(far(
                        new FarAddress(Topology.CLUSTER, List.of(cluster.hosts()), false, null, null, 0, null),
                        "events")))) {
            tier.hear("c", heard::add);
            String name = new Keyspace("events").entryKey("c", "k");
            joining.call("CLUSTER", "MEET", "127.0.0.1", cluster.nodes().get(0).port());
            String id = RespClient.text(joining.call("CLUSTER", "MYID"));
            Object slot = joining.call("CLUSTER", "KEYSLOT", name);
            await().atMost(SOON)
                    .until(() -> cluster.nodes().stream()
                            .allMatch(node -> RespClient.text(node.call("CLUSTER", "NODES"))
                                    .contains(id)));
            joining.call(
                    "CLUSTER",
                    "BUMPEPOCH"); // or others' claims to the slot win, and who has lost its last is a replica
            joining.call("CLUSTER", "SETSLOT", slot, "NODE", id);
            cluster.nodes().forEach(node -> node.call("CLUSTER", "SETSLOT", slot, "NODE", id));
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreException(IllegalStateException.class)
                    .until(() -> {
                        joining.call("SET", name, "x");
                        return heard.contains("k");
                    });
        }
    }
}
