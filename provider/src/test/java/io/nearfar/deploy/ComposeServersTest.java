package io.nearfar.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nearfar.deploy.Compose.Service;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The servers of the compose files start with what stands there, find each other, say by their health checks that they are
 * well, and serve caches that are set as the nodes' are.
 */
@Timeout(180)
class ComposeServersTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** An application with the settings of a node's environment. */
    private static void assertNodeWorks(Compose compose, Containers containers) {
        Service node = compose.service("node1");
        List<String> settings = new ArrayList<>(List.of("nearfar.application", "gazetteer"));
        for (Map.Entry<String, Object> variable : node.environment().entrySet()) {
            if (variable.getKey().startsWith("NEARFAR_")) {
                settings.add(variable.getKey().toLowerCase(Locale.ROOT).replace('_', '.'));
                settings.add(containers.translated(node, String.valueOf(variable.getValue())));
            }
        }
        int address = settings.indexOf("nearfar.address");
        String at = settings.get(address + 1);
        settings.subList(address, address + 2).clear();
        Caches.assertWork(at, settings.toArray(new String[0]));
    }

    private static RespClient operator(Containers containers, String service) {
        RespClient client = new RespClient(containers.port(service));
        client.call("AUTH", "operator", "change-me-operator");
        return client;
    }

    private static String replication(Containers containers, String service) {
        try (RespClient client = operator(containers, service)) {
            return client.text("INFO", "replication");
        }
    }

    @ParameterizedTest
    @MethodSource("io.nearfar.testing.RealRedis$Program#all")
    void standalone_servesANode(Program program) throws IOException {
        Compose compose = Compose.of("standalone");
        try (Containers containers = new Containers(compose, program, folder)) {
            containers.start(List.of("redis"));
            assertNodeWorks(compose, containers);
        }
    }

    static Stream<Program> newest() {
        return Stream.concat(Stream.of(Program.newestRedis()), Program.sharding())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("newest")
    void sentinel_changesMasters_andServesANodeBeforeAndAfter(Program program) throws IOException {
        Compose compose = Compose.of("sentinel");
        try (Containers containers = new Containers(compose, program, folder)) {
            containers.start(List.of("redis1", "redis2", "sentinel1", "sentinel2", "sentinel3"));
            assertNodeWorks(compose, containers);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(replication(containers, "redis2")).contains("master_link_status:up"));
            try (RespClient sentinel = new RespClient(containers.port("sentinel1"))) {
                await().atMost(SOON)
                        .ignoreExceptions() // until it knows of the replica, and that this can take over
                        .until(() -> "OK".equals(sentinel.text("SENTINEL", "FAILOVER", "mymaster")));
            }
            // Who changes roles cuts off those who are connected
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
                assertThat(replication(containers, "redis2")).contains("role:master", "connected_slaves:1");
                assertThat(replication(containers, "redis1")).contains("role:slave", "master_link_status:up");
            });
            assertNodeWorks(compose, containers);
            String known = identity(containers);
            containers.kill("sentinel1");
            containers.start(List.of("sentinel1"));
            assertThat(identity(containers))
                    .as("of a Sentinel that starts again")
                    .isEqualTo(known);
        }
    }

    /** A Sentinel that has forgotten what it knew gives itself another one. */
    private static String identity(Containers containers) {
        try (RespClient sentinel = new RespClient(containers.port("sentinel1"))) {
            return sentinel.text("SENTINEL", "MYID");
        }
    }

    /** Of those whose user speaks by sharded channels; made by redis-cli. */
    @ParameterizedTest
    @EnumSource(names = {"INSTALLED", "VALKEY"})
    void cluster_isMadeOnce_andServesANode(Program program) throws Exception {
        assumeTrue(
                Containers.isClientInstalled() && Program.all().toList().contains(program),
                () -> "no redis-cli, or no server " + program + ", is on the path, so this is not tested");
        Compose compose = Compose.of("cluster");
        try (Containers containers = new Containers(compose, program, folder)) {
            containers.start(List.of("redis1", "redis2", "redis3", "redis4", "redis5", "redis6"));
            assertThat(containers.runToItsEnd("create"))
                    .as(() -> containers.log("create"))
                    .isZero();
            await().atMost(SOON).untilAsserted(() -> {
                for (int i = 1; i <= 6; i++) {
                    try (RespClient client = operator(containers, "redis" + i)) {
                        assertThat(client.text("CLUSTER", "INFO"))
                                .contains("cluster_state:ok", "cluster_known_nodes:6");
                    }
                }
            });
            assertThat(containers.runToItsEnd("create")).isZero();
            assertThat(containers.log("create")).doesNotContain("Performing hash slots allocation");
            assertNodeWorks(compose, containers);
        }
    }

    @Test
    void healthCheck_ofAServerThatIsGone_fails() throws Exception {
        assumeTrue(Containers.isClientInstalled(), "no redis-cli is on the path, so this is not tested");
        Compose compose = Compose.of("standalone");
        try (Containers containers = new Containers(compose, Program.EMBEDDED, folder)) {
            containers.start(List.of("redis"));
            containers.kill("redis");
            assertThat(containers.run("redis", compose.service("redis").healthCheck()))
                    .isNotZero();
        }
    }
}
