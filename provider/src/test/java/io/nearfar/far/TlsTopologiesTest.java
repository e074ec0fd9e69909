package io.nearfar.far;

import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.StartPolicy;
import io.nearfar.config.TlsSettings;
import io.nearfar.config.Topology;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.TestCertificates;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where there is more than one server, each connection is encrypted, and every server must prove who it is. */
@Timeout(120)
class TlsTopologiesTest {
    @TempDir
    static Path folder;

    private static TestCertificates certificates;

    @BeforeAll
    static void make() {
        certificates = TestCertificates.make(folder, "server", "ip:127.0.0.1");
    }

    private static FarTier open(Topology topology, String masterName, String... hosts) {
        FarAddress address = new FarAddress(topology, List.of(hosts), true, null, null, 0, masterName);
        TlsSettings tls = new TlsSettings(
                null,
                null,
                null,
                null,
                certificates.certificate(),
                certificates.certificate(),
                certificates.key(),
                true);
        FarSettings settings = FarSetups.far(address, "tls", StartPolicy.DEFAULT, FarSetups.DEADLINE);
        return FarSetups.open(FarSetups.checking(settings, tls));
    }

    /** A server that asks its clients for a certificate, and its peers as well. */
    private static String[] arguments(String... further) {
        return Stream.concat(
                        Stream.of(certificates.server(true)),
                        Stream.concat(Stream.of("--tls-replication", "yes"), Stream.of(further)))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void cluster_overTls_isShared(Program program) {
        try (RealCluster cluster = RealCluster.encrypted(program, certificates);
                FarTier writing = open(Topology.CLUSTER, null, cluster.hosts());
                FarTier reading = open(Topology.CLUSTER, null, cluster.hosts()[1])) {
            Sharing.assertShared(writing, reading);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sentinel_overTls_namesTheMaster(Program program) {
        try (RealRedis master = program.start(arguments());
                RealRedis sentinel = RealRedis.sentinel(master, "mymaster", arguments());
                FarTier writing = open(Topology.SENTINEL, "mymaster", sentinel.host());
                FarTier reading = open(Topology.SENTINEL, "mymaster", sentinel.host())) {
            Sharing.assertShared(writing, reading);
        }
    }

    @ParameterizedTest
    @EnumSource
    void masterAndReplica_overTls_areToldApart(Program program) {
        try (RealRedis master = program.start(arguments());
                RealRedis replica =
                        program.start(arguments("--replicaof", "127.0.0.1", String.valueOf(master.port())));
                FarTier writing = open(Topology.CLUSTER, null, replica.host(), master.host());
                FarTier reading = open(Topology.MASTER_REPLICA, null, master.host(), replica.host())) {
            Sharing.assertShared(writing, reading);
        }
    }
}
