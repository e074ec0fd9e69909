package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as people write them lead to the servers that they name: two nodes meet there, and nowhere else. */
@Timeout(120)
class AddressFormsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static RealRedis redis;

    @BeforeAll
    static void start() {
        certificates = TestCertificates.make(folder, "server", "ip:127.0.0.1");
        redis = RealRedis.start("--user", "app", "on", ">p@ss/w:rd", "allkeys", "allchannels", "allcommands");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    /** {@code {host}} stands for host and port of the one server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://{host}",
                "REDIS://{host}/",
                "valkey://{host}",
                "redis://{host}/0",
                "redis://{host},{host}",
                "redis://app:p%40ss%2Fw%3Ard@{host}",
                "valkey://app:p@ss/w:rd@{host}/0",
                "redis://{host}/3",
                "redis://app:p%40ss%2Fw%3Ard@{host}/3"
            })
    void oneServer_isMetThere(String form) {
        int database = form.endsWith("/3") ? 3 : 0;
        assertMet(form.replace("{host}", redis.host()), List.of(redis), database);
    }

    @Test
    void userPasswordAndDatabase_inSettingsOfTheirOwn_completeTheAddress() {
        assertMet(
                redis.address(),
                List.of(redis),
                4,
                "nearfar.user",
                "app",
                "nearfar.password",
                "p@ss/w:rd",
                "nearfar.database",
                "4");
    }

    @Test
    void passwordAlone_logsIn() {
        try (RealRedis guarded = RealRedis.start("--requirepass", "secret")) {
            assertMet("redis://:secret@" + guarded.host(), List.of(guarded), 0);
        }
    }

    @Test
    void bracketedHost_isReached() {
        assumeTrue(hasVersionSix(), "this machine has no IPv6 on its loopback, so this is not tested");
        try (RealRedis both = RealRedis.start("--bind", "127.0.0.1", "::1")) {
            assertMet("redis://[::1]:" + both.port(), List.of(both), 0);
        }
    }

    private static boolean hasVersionSix() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rediss", "valkeys"})
    void encrypted_byTheScheme_isMetThere(String scheme) {
        try (RealRedis mutual = RealRedis.start(certificates.server(true, RealRedis.freePort()))) {
            String address = scheme + "://" + mutual.host() + "/2";
            assertMet(
                    address,
                    List.of(mutual),
                    2,
                    "nearfar.tls.ca",
                    certificates.certificate().toString(),
                    "nearfar.tls.certificate",
                    certificates.certificate().toString(),
                    "nearfar.tls.key",
                    certificates.key().toString());
            assertMet(
                    address,
                    List.of(mutual),
                    2,
                    "nearfar.tls.trust-store",
                    certificates.store().toString(),
                    "nearfar.tls.trust-store-password",
                    TestCertificates.PASSWORD,
                    "nearfar.tls.key-store",
                    certificates.store().toString(),
                    "nearfar.tls.key-store-password",
                    TestCertificates.PASSWORD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cluster_inAnyOfItsForms_isMetThere(Program program) {
        try (RealCluster cluster = RealCluster.start(program)) {
            String[] hosts = cluster.hosts();
            for (String address : List.of(
                    "redis://" + hosts[0] + "," + hosts[1] + "," + hosts[2],
                    "redis://" + hosts[1] + ", " + hosts[2] + "/0",
                    "redis://" + hosts[0] + ",redis://" + hosts[2],
                    "valkey://" + hosts[0] + " valkey://" + hosts[1],
                    "redis://" + hosts[2])) {
                assertMet(address, cluster.nodes(), 0);
            }
            assertMet("redis://" + hosts[1], cluster.nodes(), 0, "nearfar.topology", "cluster");
        }
    }

    @Test
    void masterAndReplica_inAnyOrder_meetAtTheMaster() {
        try (RealRedis master = RealRedis.start();
                RealRedis replica = RealRedis.start("--replicaof", "127.0.0.1", String.valueOf(master.port()))) {
            assertMet("redis://" + replica.host() + "," + master.host(), List.of(master), 0);
            assertMet(
                    "redis://" + master.host() + "," + replica.host() + "/5",
                    List.of(master),
                    5,
                    "nearfar.topology",
                    "master-replica");
        }
    }

    @Test
    void sentinels_byTheNameOfTheMaster_leadToIt() {
        try (RealRedis master = RealRedis.start();
                RealRedis first = RealRedis.sentinel(master, "mymaster");
                RealRedis second = RealRedis.sentinel(master, "mymaster")) {
            String both = first.host() + "," + second.host();
            assertMet("redis://" + both + "/mymaster", List.of(master), 0);
            assertMet("redis://" + both + "/mymaster/1", List.of(master), 1);
            assertMet("redis://" + first.host() + "/mymaster,redis://" + second.host(), List.of(master), 0);
            assertMet("redis://" + both, List.of(master), 6, "nearfar.master", "mymaster", "nearfar.database", "6");
        }
    }

    /** Two nodes with this address share what they write, and every one of the keepers holds a part of it. */
    private static void assertMet(String address, List<RealRedis> keepers, int database, String... further) {
        String[] settings = Stream.concat(Stream.of("nearfar.address", address), Stream.of(further))
                .toArray(String[]::new);
        keepers.forEach(RealRedis::flush);
        try (Application one = Application.in(Mode.TIERED, settings);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            Map<String, String> many = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                many.put("k" + i, "v");
            }
            here.putAll(many);
            assertThat(there.getAll(many.keySet())).isEqualTo(many);
            here.put("k0", "new");
            await().atMost(SOON).until(() -> "new".equals(there.get("k0")));
            assertThat(keepers)
                    .isNotEmpty()
                    .allSatisfy(keeper -> assertThat(entries(keeper, database)).isBetween(1, 100));
        }
    }

    private static int entries(RealRedis keeper, int database) {
        try (RespClient client = keeper.connect()) {
            if (database != 0) {
                client.call("SELECT", database);
            }
            return ((List<?>) client.call("KEYS", "*:e:cities:*")).size();
        }
    }
}
