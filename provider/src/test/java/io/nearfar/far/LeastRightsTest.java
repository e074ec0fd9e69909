package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.Topology;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A user with the rights of the documentation can do all that Nearfar does; the servers' own books show that it was
 * refused nothing, and that no right stands there in vain.
 */
@Timeout(120)
class LeastRightsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** What moves messages to another connection when slots or masters change, which does not happen here. */
    private static final Set<String> FOR_ANOTHER_DAY = Set.of("unsubscribe", "sunsubscribe", "punsubscribe");

    /** What Redisson tries before it knows with whom it speaks; see the documentation. */
    private static final Set<String> TRIED_IN_VAIN = Set.of("test1", "pubsub", "pubsub|numpat");

    private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|-]+):calls=[1-9]");

    private static FarTier open(Topology topology, int database, String masterName, String... hosts) {
        return FarSetups.open(FarSetups.far(
                new FarAddress(
                        topology, List.of(hosts), false, LeastRights.USER, LeastRights.PASSWORD, database, masterName),
                LeastRights.PREFIX));
    }

    @ParameterizedTest
    @EnumSource
    void oneServer_allowsAllThatIsNeeded(Program program) {
        try (RealRedis redis = program.start()) {
            LeastRights.grant(redis, LeastRights.ONE_SERVER);
            try (FarTier writing = open(Topology.STANDALONE, 0, null, redis.host());
                    FarTier reading = open(Topology.STANDALONE, 0, null, redis.host())) {
                exerciseAll(writing, reading, List.of(redis));
            }
            LeastRights.grant(redis, LeastRights.ONE_SERVER, LeastRights.DATABASE);
            open(Topology.STANDALONE, 3, null, redis.host()).close();
            assertRefusedNothing(redis);
            assertAllUsed(List.of(redis), LeastRights.commands(LeastRights.ONE_SERVER, LeastRights.DATABASE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void keyspaceEvents_allowAllThatIsNeeded(Program program) {
        try (RealRedis redis = program.start("--notify-keyspace-events", "Kg$xe")) {
            LeastRights.grant(redis, LeastRights.ONE_SERVER, LeastRights.EVENTS);
            FarAddress address = new FarAddress(
                    Topology.STANDALONE, List.of(redis.host()), false, LeastRights.USER, LeastRights.PASSWORD, 0, null);
            FarSetups.open(FarSetups.hearing(FarSetups.far(address, LeastRights.PREFIX)))
                    .close();
            assertRefusedNothing(redis);
            assertAllUsed(List.of(redis), Set.of("psubscribe"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void masterAndReplica_allowAllThatIsNeeded(Program program) {
        try (RealRedis master = program.start();
                RealRedis replica = program.start("--replicaof", "127.0.0.1", String.valueOf(master.port()))) {
            LeastRights.grant(master, LeastRights.ONE_SERVER);
            LeastRights.grant(replica, LeastRights.ONE_SERVER);
            try (FarTier writing = open(Topology.CLUSTER, 0, null, replica.host(), master.host());
                    FarTier reading = open(Topology.CLUSTER, 0, null, replica.host(), master.host())) {
                exerciseAll(writing, reading, List.of(master));
            }
            assertRefusedNothing(master);
            assertRefusedNothing(replica);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sentinel_allowsAllThatIsNeeded(Program program) {
        try (RealRedis master = program.start();
                RealRedis sentinel = RealRedis.sentinel(master, "mymaster");
                RespClient admin = sentinel.connect()) {
            LeastRights.grant(master, LeastRights.ONE_SERVER);
            LeastRights.grant(admin);
            try (FarTier writing = open(Topology.SENTINEL, 0, "mymaster", sentinel.host());
                    FarTier reading = open(Topology.SENTINEL, 0, "mymaster", sentinel.host())) {
                exerciseAll(writing, reading, List.of(master));
            }
            assertRefusedNothing(master);
            assertRefusedNothing(admin);
        }
    }

    @Test
    void classicCluster_allowsAllThatIsNeeded() {
        assertClusterAllowsAll(Program.EMBEDDED, LeastRights.CLASSIC_CLUSTER);
    }

    @ParameterizedTest
    @EnumSource(names = {"INSTALLED", "VALKEY"})
    void shardedCluster_allowsAllThatIsNeeded(Program program) {
        assertClusterAllowsAll(program, LeastRights.SHARDED_CLUSTER);
    }

    private static void assertClusterAllowsAll(Program program, String rights) {
        try (RealCluster cluster = RealCluster.start(program)) {
            cluster.nodes().forEach(node -> LeastRights.grant(node, rights));
            try (FarTier writing = open(Topology.CLUSTER, 0, null, cluster.hosts());
                    FarTier reading = open(Topology.CLUSTER, 0, null, cluster.hosts())) {
                exerciseAll(writing, reading, cluster.nodes());
            }
            cluster.nodes().forEach(LeastRightsTest::assertRefusedNothing);
            assertAllUsed(cluster.nodes(), LeastRights.commands(rights));
        }
    }

    /** A server that only counts requests needs no user who may subscribe. */
    @ParameterizedTest
    @EnumSource
    void rateLimits_needWhatIsAlwaysNeeded(Program program) {
        try (RealRedis redis = program.start()) {
            LeastRights.grant(redis);
            FarAddress address = new FarAddress(
                    Topology.STANDALONE, List.of(redis.host()), false, LeastRights.USER, LeastRights.PASSWORD, 0, null);
            FarSettings settings = FarSetups.far(address, LeastRights.PREFIX);
            try (FarLimits limits = FarLimits.open(settings, FarSetups.DEADLINE)) {
                for (long permits : List.of(3L, 20_000L)) {
                    Quota quota = new Limit("user", permits, Duration.ofHours(1)).of("a");
                    await().atMost(SOON)
                            .until(() -> limits.decide(List.of(quota), 1, false, System.nanoTime())
                                            .failure()
                                    == null);
                    for (int i = 0; i < 3; i++) {
                        limits.decide(List.of(quota), 1, true, System.nanoTime())
                                .refund()
                                .run();
                        assertThat(limits.decide(List.of(quota), 1, true, System.nanoTime())
                                        .verdict()
                                        .standings())
                                .extracting(Standing::used)
                                .containsExactly(i + 1L);
                    }
                    limits.reset(quota);
                }
            }
            assertRefusedNothing(redis);
        }
    }

    /** Whoever has only this user cannot do what an administrator would miss. */
    @Test
    void user_canNeitherListNorFlushNorConfigure() {
        try (RealRedis redis = RealRedis.start()) {
            LeastRights.grant(redis, LeastRights.ONE_SERVER, LeastRights.DATABASE);
            redis.call("SET", "other", "v");
            try (RespClient user = redis.connect()) {
                user.call("AUTH", LeastRights.USER, LeastRights.PASSWORD);
                for (String refused : List.of(
                        "KEYS *",
                        "FLUSHALL",
                        "FLUSHDB",
                        "CONFIG GET *",
                        "SCRIPT FLUSH",
                        "ACL WHOAMI",
                        "CLIENT LIST",
                        "GET other",
                        "DEL other",
                        "PUBLISH other v",
                        "SUBSCRIBE other",
                        "EVAL return(redis.call('GET',KEYS[1])) 1 other",
                        "EVAL return(redis.call('FLUSHALL')) 0")) {
                    assertThat(refusal(user, refused)).as(refused).containsAnyOf("NOPERM", "can't run");
                }
            }
        }
    }

    private static String refusal(RespClient user, String command) {
        try {
            return String.valueOf(user.call((Object[]) command.split(" ")));
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    /** Does whatever takes a command of its own, the background's work included. */
    private static void exerciseAll(FarTier writing, FarTier reading, List<RealRedis> servers) {
        Sharing.assertShared(writing, reading);
        EntryStore<String, String> store = Sharing.store(writing);
        lifetimes(store);
        lock(store, servers);
        load(store);
        tags(store);
        large(store, Sharing.store(reading));
        await().atMost(SOON).until(() -> count(servers, "*:e:c:k?*") == 0); // swept
        store.destroy();
    }

    private static void lifetimes(EntryStore<String, String> store) {
        Entry<String> entry = store.apply("l", Sharing.write("v")).now();
        store.touch("l", entry, 60_000);
        store.touch("l", store.read("l", Freshness.AUTHORITY), Lifetime.ETERNAL);
    }

    /** A commit that finds its key locked waits until the lock ends. */
    private static void lock(EntryStore<String, String> store, List<RealRedis> servers) {
        Entry<String> entry = store.apply("l", Sharing.write("v")).now();
        Keyspace keyspace = new Keyspace(LeastRights.PREFIX);
        String lock = keyspace.lockKey(keyspace.partition("c", "l"), "c", "l");
        assertThat(servers.stream().filter(server -> set(server, lock))).isNotEmpty();
        Change<String> removal = Change.removal(Condition.is(entry.version()), false);
        assertThat(store.apply("l", removal).applied()).isTrue();
    }

    /** Tells whether the server is the one where that key belongs. */
    private static boolean set(RealRedis server, String key) {
        try {
            server.call("SET", key, "somebody else", "PX", 100);
            return true;
        } catch (IllegalStateException moved) {
            return false;
        }
    }

    private static void load(EntryStore<String, String> store) {
        assertThat(store.lease("load", 60_000))
                .isInstanceOfSatisfying(
                        Lease.Granted.class,
                        granted -> assertThat(store.renew("load", granted.version(), 60_000))
                                .isTrue());
    }

    /** So many tags that the table is trimmed; what is read of it afterwards is asked of it. */
    private static void tags(EntryStore<String, String> store) {
        Change<String> tagged = Sharing.write("v").with(Attributes.of(List.of("mine"), Attributes.AS_CONFIGURED));
        for (int i = 0; i < 5; i++) {
            int from = 1_000 * i;
            store.invalidateTags(
                    IntStream.range(from, from + 1_000).mapToObj(n -> "t" + n).toList());
            store.apply("tagged", tagged);
        }
        store.invalidateTags(List.of("other"));
        assertThat(store.read("tagged", Freshness.AUTHORITY)).isNotNull();
    }

    /** It goes in pieces; the first reader finds out that it is large, and the next asks for its length. */
    private static void large(EntryStore<String, String> store, EntryStore<String, String> other) {
        store.apply("large", Sharing.write("x".repeat(3 << 20)));
        assertThat(other.read("large", Freshness.AUTHORITY)).isNotNull();
        assertThat(other.read("large", Freshness.AUTHORITY)).isNotNull();
    }

    private static int count(List<RealRedis> servers, String pattern) {
        return servers.stream()
                .mapToInt(
                        server -> ScriptBench.list(server.call("KEYS", pattern)).size())
                .sum();
    }

    private static void assertRefusedNothing(RealRedis server) {
        try (RespClient admin = server.connect()) {
            assertRefusedNothing(admin);
        }
    }

    private static void assertRefusedNothing(RespClient admin) {
        for (Object refusal : ScriptBench.list(admin.call("ACL", "LOG"))) {
            List<String> words =
                    ScriptBench.list(refusal).stream().map(RespClient::text).toList();
            assertThat(words.get(words.indexOf("object") + 1)).isIn(TRIED_IN_VAIN);
        }
    }

    /** The test itself calls few commands, none of them among those that are granted but INFO. */
    private static void assertAllUsed(List<RealRedis> servers, Set<String> granted) {
        Set<String> used = new TreeSet<>(FOR_ANOTHER_DAY);
        for (RealRedis server : servers) {
            Matcher calls = CALLS.matcher(RespClient.text(server.call("INFO", "commandstats")));
            while (calls.find()) {
                used.add(calls.group(1));
            }
        }
        assertThat(granted)
                .allSatisfy(command -> assertThat(used)
                        .as("what was called")
                        .containsAnyOf(command, command.substring(0, (command + "|").indexOf('|'))));
    }
}
