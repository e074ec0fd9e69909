package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The far tier finds its way where there is more than one server. */
@Timeout(120)
class TopologyTest {
    private FarTier open(Topology topology, String masterName, String... hosts) {
        FarAddress address = new FarAddress(topology, List.of(hosts), false, null, null, 0, masterName);
        return FarSetups.open(FarSetups.far(address, "topology"));
    }

    /** All masters of the cluster get their share, and a version before 7 hears by classic channels. */
    @ParameterizedTest
    @EnumSource
    void cluster_sharesOutPartitions(Program program) {
        try (RealCluster cluster = RealCluster.start(program);
                FarTier writing = open(Topology.CLUSTER, null, cluster.hosts());
                FarTier reading = open(Topology.CLUSTER, null, cluster.hosts()[1])) {
            Sharing.assertShared(writing, reading);
            Sharing.store(writing).apply("k", Sharing.write("v"));
            for (RealRedis node : cluster.nodes()) {
                List<Object> chains = ScriptBench.list(node.call("KEYS", "*:chain"));
                assertThat(chains).hasSizeBetween(21, 22);
            }
            Set<String> classic = new HashSet<>();
            for (RealRedis node : cluster.nodes()) {
                ScriptBench.list(node.call("PUBSUB", "CHANNELS"))
                        .forEach(channel -> classic.add(RespClient.text(channel)));
            }
            assertThat(classic.stream().filter(channel -> channel.endsWith(":inv")))
                    .hasSize(program == Program.EMBEDDED ? Keyspace.PARTITIONS : 0);
        }
    }

    /** One host that is part of a cluster is taken for what it is. */
    @ParameterizedTest
    @EnumSource
    void cluster_namedByOneHost_isRecognised(Program program) {
        try (RealCluster cluster = RealCluster.start(program);
                FarTier tier = open(Topology.STANDALONE, null, cluster.hosts()[2])) {
            EntryStore<String, String> store = Sharing.store(tier);
            for (int i = 0; i < 50; i++) {
                store.apply("k" + i, Sharing.write("v"));
                assertThat(store.read("k" + i, Freshness.AUTHORITY)).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sentinel_namesTheMaster(Program program) {
        try (RealRedis master = program.start();
                RealRedis replica = program.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
                RealRedis sentinel = RealRedis.sentinel(master, "mymaster");
                FarTier writing = open(Topology.SENTINEL, "mymaster", sentinel.host());
                FarTier reading = open(Topology.SENTINEL, "mymaster", sentinel.host())) {
            Sharing.assertShared(writing, reading);
            assertThat(replica.port()).isNotEqualTo(master.port());
        }
    }

    /** Several hosts without a cluster are a master and its replicas: writes go to the one that takes them. */
    @ParameterizedTest
    @EnumSource
    void masterAndReplica_areToldApart(Program program) {
        try (RealRedis master = program.start();
                RealRedis replica = program.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
                FarTier writing = open(Topology.CLUSTER, null, replica.host(), master.host());
                FarTier reading = open(Topology.MASTER_REPLICA, null, master.host(), replica.host())) {
            Sharing.assertShared(writing, reading);
        }
    }
}
