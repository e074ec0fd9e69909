package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the doctor finds at real servers, with good settings and with bad ones. */
@Timeout(120)
class DoctorTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String GOOD =
            Path.of("..", "deploy", "redis", "cache.conf").toAbsolutePath().toString();

    /** So that a machine which is busy for a moment is not taken for a slow network. */
    private static final List<String> SET = List.of("--prefix", "shop", "--set", "nearfar.deadline=900ms");

    private static RealRedis redis;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start(GOOD);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static ToolRun doctor(String address, String... further) {
        return ToolRun.of(Stream.of(List.of("doctor", address), SET, List.of(further))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private static JsonNode tree(String address, String... further) {
        return doctor(
                        address,
                        Stream.concat(Stream.of(further), Stream.of("--json")).toArray(String[]::new))
                .tree();
    }

    private static List<String> names(JsonNode tree) {
        return tree.at("/findings").findValuesAsText("name");
    }

    private static String set(String name, String value) {
        Object before = redis.call("CONFIG", "GET", name);
        redis.call("CONFIG", "SET", name, value);
        return RespClient.text(((List<?>) before).get(1));
    }

    @ParameterizedTest
    @EnumSource
    void serverOfOurFiles_isFoundToBeInOrder(Program program) {
        try (RealRedis good = program.start(GOOD)) {
            ToolRun run = doctor(good.address());
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains(", prefix shop\n0 errors, 0 warnings, 0 notes");
            assertThat(run.exit()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxmemory | 0                               | no-maxmemory             | 6",
                "maxmemory-policy | noeviction               | no-eviction              | 6",
                "maxmemory-policy | allkeys-random           | eviction-by-chance       | 6",
                "maxmemory | 109951162777600                 | maxmemory-beyond-machine | 6",
                "min-replicas-to-write | 1                   | replicas-missing         | 7",
                "timeout | 2                                 | idle-clients-closed      | 6",
                "tcp-keepalive | 0                           | no-keepalive             | 6",
                "client-output-buffer-limit | pubsub 0 0 0   | subscribers-unbounded    | 6",
                "notify-keyspace-events | Kg$                | keyspace-events-unused   | 0",
                "lazyfree-lazy-expire | no                   | freed-while-callers-wait | 0",
                "slowlog-log-slower-than | -1                | no-slow-log              | 0",
                "slowlog-log-slower-than | 0                 | no-slow-log              | 0",
                "slowlog-max-len | 0                         | no-slow-log              | 0",
                "latency-monitor-threshold | 0               | no-latency-monitor       | 0"
            })
    void settingOfTheServer_thatIsUnfit_isFound(String setting, String value, String name, int exit) {
        String before = set(setting, value);
        try {
            ToolRun run = doctor(redis.address(), "--json");
            assertThat(names(run.tree())).containsExactly(name);
            assertThat(run.tree().at("/findings/0/server").asText()).isEqualTo(redis.host());
            assertThat(run.exit()).isEqualTo(exit);
        } finally {
            set(setting, before);
        }
    }

    @Test
    void finding_hasAllThatAPersonOrAProgramWants() {
        String before = set("maxmemory", "0");
        try {
            JsonNode found = tree(redis.address());
            assertThat(found.at("/warnings").asInt()).isOne();
            assertThat(found.at("/findings/0").toString())
                    .isEqualTo("{\"severity\":\"warning\",\"name\":\"no-maxmemory\",\"id\":\"NF0321\",\"server\":\""
                            + redis.host()
                            + "\",\"seen\":\"It has no limit of memory\",\"why\":\"it takes what there is,"
                            + " until the machine has no more\",\"cure\":\"Set maxmemory, with maxmemory-policy"
                            + " volatile-lru if it holds caches alone\"}");
            assertThat(doctor(redis.address()).lines())
                    .contains("warning no-maxmemory at " + redis.host(), "seen It has no limit of memory")
                    .anyMatch(line -> line.startsWith("why it takes"))
                    .anyMatch(line -> line.startsWith("do Set maxmemory"));
        } finally {
            set("maxmemory", before);
        }
    }

    @Test
    void findings_areInOrder_theWorstFirst() {
        String threshold = set("latency-monitor-threshold", "0");
        String policy = set("maxmemory-policy", "noeviction");
        String replicas = set("min-replicas-to-write", "1");
        try {
            assertThat(names(tree(redis.address())))
                    .containsExactly("replicas-missing", "no-eviction", "no-latency-monitor");
        } finally {
            set("latency-monitor-threshold", threshold);
            set("maxmemory-policy", policy);
            set("min-replicas-to-write", replicas);
        }
    }

    @Test
    void events_thatTheSettingsWant_areMissed() {
        String before = set("notify-keyspace-events", "Kg$");
        try {
            assertThat(names(tree(redis.address(), "--set", "nearfar.keyspace-events=true")))
                    .containsExactly("keyspace-events-missing");
            set("notify-keyspace-events", "Kg$xe");
            assertThat(names(tree(redis.address(), "--set", "nearfar.keyspace-events=true")))
                    .isEmpty();
        } finally {
            set("notify-keyspace-events", before);
        }
    }

    @Test
    void syncOfEveryWrite_isFound() {
        String before = set("appendfsync", "always");
        set("appendonly", "yes");
        try {
            assertThat(names(tree(redis.address()))).containsExactly("every-write-synced");
        } finally {
            set("appendonly", "no");
            set("appendfsync", before);
        }
    }

    @Test
    void connections_thatAreNearlyUsedUp_areFound() {
        List<RespClient> clients = new ArrayList<>();
        String before = set("maxclients", "100");
        try {
            for (int i = 0; i < 80; i++) {
                clients.add(redis.connect());
            }
            clients.forEach(client -> client.call("PING"));
            JsonNode found = tree(redis.address());
            assertThat(names(found)).containsExactly("connections-scarce");
            assertThat(found.at("/findings/0/seen").asText()).contains("connections of at most 100");
        } finally {
            clients.forEach(RespClient::close);
            set("maxclients", before);
        }
    }

    @Test
    void memoryFullOfWhatHasNoEnd_isFound() {
        redis.call("MSET", "a", "1", "b", "2", "c", "3");
        String before = set("maxmemory", "0");
        try {
            String info = RespClient.text(redis.call("INFO", "memory"));
            long used = Long.parseLong(info.replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
            set("maxmemory", String.valueOf(used));
            assertThat(names(tree(redis.address()))).containsExactly("nothing-to-evict");
        } finally {
            set("maxmemory", before);
            redis.flush();
        }
    }

    @Test
    void snapshotThatFails_isFound() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        try (RealRedis failing = RealRedis.start(GOOD)) {
            failing.call("CONFIG", "SET", "save", "3600 1");
            failing.call("CONFIG", "SET", "dir", gone.toString());
            Files.delete(gone);
            failing.call("BGSAVE");
            await().atMost(SOON)
                    .until(() -> RespClient.text(failing.call("INFO", "persistence"))
                            .contains("rdb_last_bgsave_status:err"));
            ToolRun run = doctor(failing.address(), "--json");
            assertThat(names(run.tree())).containsExactly("persistence-fails");
            assertThat(run.exit()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nearfar.codec.trust=all,       all-types-trusted,     6",
        "nearfar.load-lease=1s,         load-lease-short,      6",
        "nearfar.status.role=none,      status-for-everybody,  6",
        "nearfar.near.lease=500ms,      deadline-long,         0",
        "nearfar.outage=closed,         fails-closed,          0",
        "nearfar.outage.atomic=local,   decides-locally,       0",
        "nearfar.limit.enabled=false,   limits-off,            0",
        "nearfar.health.strict=true,    strict-health,         0",
        "nearfar.log.keys=true,         keys-in-the-log,       0",
        "nearfar.metrics.path=/metrics, metrics-for-everybody, 0",
        "nearfar.status.debug=true,     debug-answers,         0"
    })
    void settingOfNearfar_thatIsToBeMeant_isFound(String setting, String name, int exit) {
        ToolRun run = doctor(redis.address(), "--set", setting, "--json");
        assertThat(names(run.tree())).containsExactly(name);
        assertThat(run.exit()).isEqualTo(exit);
    }

    @Test
    void cache_thatIsNamed_isLookedAtToo() {
        String[] closed = {"--set", "nearfar.cache.orders.outage=closed"};
        assertThat(names(tree(redis.address(), closed))).isEmpty();
        JsonNode found = tree(redis.address(), "--cache", "orders", closed[0], closed[1]);
        assertThat(found.at("/findings").findValuesAsText("seen"))
                .containsExactly("The outage policy of cache orders is closed");
    }

    @Test
    void prefix_thatIsNotSet_isFound() {
        ToolRun run = ToolRun.of("doctor", redis.address(), "--set", "nearfar.deadline=900ms", "--json");
        assertThat(names(run.tree())).containsExactly("prefix-unset");
        assertThat(run.exit()).isEqualTo(6);
    }

    @Test
    void limits_onAServerOfTheirOwn_areLookedAtThere() {
        try (RealRedis other = RealRedis.start()) {
            JsonNode found = tree(redis.address(), "--set", "nearfar.limit.address=" + other.address());
            assertThat(names(found)).contains("no-maxmemory", "no-latency-monitor");
            assertThat(found.at("/findings").findValuesAsText("server")).containsOnly(other.host());
        }
    }

    @Test
    void server_thatDoesNotAnswer_isAFinding_withTheExitCodeOfAll() {
        ToolRun run = ToolRun.once(
                "doctor", "redis://:hidden@127.0.0.1:" + RealRedis.freePort(), "--prefix", "shop", "--json");
        assertThat(names(run.tree())).containsExactly("unreachable");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).doesNotContain("hidden");
    }

    @Test
    void server_thatRefuses_isAFinding_withTheExitCodeOfAll() {
        try (RealRedis closed = RealRedis.start("--requirepass", "pass-word")) {
            ToolRun run = doctor("redis://:wrong-word@" + closed.host(), "--json");
            assertThat(names(run.tree())).containsExactly("refused");
            assertThat(run.tree().at("/findings/0/seen").asText()).contains("WRONGPASS");
            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.out()).doesNotContain("wrong-word");
        }
    }

    @Test
    void rights_thatAreMissing_areFound_andThoseToTheConfigurationAreNotNeeded() {
        redis.call("ACL", "SETUSER", "poor", "on", ">p", "~{shop~*", "resetchannels", "&{shop~*", "+@all", "-hset");
        redis.call("ACL", "SETUSER", "node", "on", ">p", "~{shop~*", "resetchannels", "&{shop~*", "+@all", "-config");
        JsonNode poor = tree("redis://poor:p@" + redis.host());
        assertThat(names(poor)).containsExactly("rights-missing");
        assertThat(poor.at("/findings/0/seen").asText()).isEqualTo("Under the prefix shop it refuses HSET");
        ToolRun node = doctor("redis://node:p@" + redis.host(), "--json");
        assertThat(names(node.tree())).containsExactly("configuration-unseen");
        assertThat(node.exit()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void cluster_withSlotsOfNobody_andMastersAlone_isFound(Program program) {
        try (RealCluster cluster = RealCluster.withReplica(program)) {
            for (RealRedis node : cluster.nodes()) {
                node.call("CONFIG", "SET", "maxmemory", "100mb");
                node.call("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
            }
            cluster.nodes().stream().limit(3).forEach(node -> node.call("CLUSTER", "DELSLOTS", 5));
            await().atMost(SOON) // until each node knows whose replica the fourth is
                    .untilAsserted(() -> assertWhatIsWrong(cluster, tree(cluster.address())));
        }
    }

    private static void assertWhatIsWrong(RealCluster cluster, JsonNode found) {
        assertThat(names(found)).contains("slots-uncovered", "no-replica").doesNotContain("nodes-failing");
        List<String> seen = found.at("/findings").findValuesAsText("seen");
        assertThat(seen).contains("No working master has 1 of the slots");
        assertThat(seen)
                .filteredOn(text -> text.startsWith("Without a working replica are "))
                .singleElement()
                .asString()
                .contains(cluster.nodes().get(1).host(), cluster.nodes().get(2).host())
                .doesNotContain(cluster.nodes().get(0).host());
    }

    @Test
    void masterWithoutAReplica_behindASentinel_isFound() {
        try (RealRedis master = RealRedis.start(GOOD);
                RealRedis sentinel = RealRedis.sentinel(master, "main")) {
            assertThat(names(tree("redis://" + sentinel.host() + "/main"))).containsExactly("no-replica");
        }
    }
}
