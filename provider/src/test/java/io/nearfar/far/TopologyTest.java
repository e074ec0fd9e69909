package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The far tier finds its way where there is more than one server. */
@Timeout(120)
class TopologyTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TextFormat format = new TextFormat();

    static List<Program> programs() {
        return Program.all().toList();
    }

    private FarTier open(Topology topology, String masterName, String... hosts) {
        FarAddress address = new FarAddress(topology, List.of(hosts), false, null, null, 0, masterName);
        return FarSetups.open(FarSetups.far(address, "topology"));
    }

    private EntryStore<String, String> store(FarTier tier) {
        return tier.store(FarSetups.cache("c"), new TextKeys(), format);
    }

    private Change<String> write(String text) {
        return Change.write(format.keep(text), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false);
    }

    private record Heard(Set<String> keys, Set<Integer> clears) implements InvalidationSink {
        @Override
        public void received(Invalidation message) {
            keys.addAll(message.keys());
            if (message.kind() == Invalidation.Kind.CLEAR) {
                clears.add(message.partition());
            }
        }

        @Override
        public void resubscribed(int partition) {}

        @Override
        public void unreadable(int partition) {}
    }

    /** One node writes, another reads and hears of it. */
    private void assertShared(FarTier writing, FarTier reading) {
        Heard heard = new Heard(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
        reading.subscribe(heard);
        EntryStore<String, String> store = store(writing);
        Map<String, Change<String>> many = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            many.put("k" + i, write("v" + i));
        }
        store.applyAll(many);
        store.apply("single", write("v"));
        Map<String, Entry<String>> found = store(reading).readAll(many.keySet(), Freshness.AUTHORITY);
        assertThat(found).hasSize(300);
        found.forEach((key, entry) -> assertThat(entry.value().get()).isEqualTo("v" + key.substring(1)));
        await().atMost(SOON).until(() -> heard.keys().size() == 301);

        Set<String> scanned = new HashSet<>();
        store(reading).scan().forEachRemaining(keyed -> scanned.add(keyed.key()));
        assertThat(scanned).hasSize(301);
        heard.clears().clear();
        store.clear();
        await().atMost(SOON).until(() -> heard.clears().size() == Keyspace.PARTITIONS);
        assertThat(store(reading).scan().hasNext()).isFalse();
        assertThat(writing.breakerOpenings()).isZero();
    }

    /** All masters of the cluster get their share, and a version before 7 hears by classic channels. */
    @ParameterizedTest
    @MethodSource("programs")
    void cluster_sharesOutPartitions(Program program) {
        try (RealCluster cluster = RealCluster.start(program);
                FarTier writing = open(Topology.CLUSTER, null, cluster.hosts());
                FarTier reading = open(Topology.CLUSTER, null, cluster.hosts()[1])) {
            assertShared(writing, reading);
            store(writing).apply("k", write("v"));
            for (RealRedis node : cluster.nodes()) {
                List<Object> chains = ScriptBench.list(node.call("KEYS", "*:chain"));
                assertThat(chains).hasSizeBetween(21, 22);
            }
            Set<String> classic = new HashSet<>();
            for (RealRedis node : cluster.nodes()) {
                ScriptBench.list(node.call("PUBSUB", "CHANNELS"))
                        .forEach(channel -> classic.add(RespClient.text(channel)));
            }
            assertThat(classic).hasSize(program == Program.EMBEDDED ? Keyspace.PARTITIONS : 0);
        }
    }

    /** One host that is part of a cluster is taken for what it is. */
    @ParameterizedTest
    @MethodSource("programs")
    void cluster_namedByOneHost_isRecognised(Program program) {
        try (RealCluster cluster = RealCluster.start(program);
                FarTier tier = open(Topology.STANDALONE, null, cluster.hosts()[2])) {
            EntryStore<String, String> store = store(tier);
            for (int i = 0; i < 50; i++) {
                store.apply("k" + i, write("v"));
                assertThat(store.read("k" + i, Freshness.AUTHORITY)).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void sentinel_namesTheMaster(Program program) {
        try (RealRedis master = program.start();
                RealRedis replica = program.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
                RealRedis sentinel = RealRedis.sentinel(master, "mymaster");
                FarTier writing = open(Topology.SENTINEL, "mymaster", sentinel.host());
                FarTier reading = open(Topology.SENTINEL, "mymaster", sentinel.host())) {
            assertShared(writing, reading);
            assertThat(replica.port()).isNotEqualTo(master.port());
        }
    }

    /** Several hosts without a cluster are a master and its replicas: writes go to the one that takes them. */
    @ParameterizedTest
    @MethodSource("programs")
    void masterAndReplica_areToldApart(Program program) {
        try (RealRedis master = program.start();
                RealRedis replica = program.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
                FarTier writing = open(Topology.CLUSTER, null, replica.host(), master.host());
                FarTier reading = open(Topology.MASTER_REPLICA, null, master.host(), replica.host())) {
            assertShared(writing, reading);
        }
    }
}
