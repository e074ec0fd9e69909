package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarAddress;
import io.nearfar.config.OutagePolicy;
import io.nearfar.config.Topology;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What other programs, and the server itself, do to entries that a node keeps near. */
@Timeout(120)
class OutsideChangesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String[] SPEAKING = {"--notify-keyspace-events", "Kg$xe"};
    private static final Keyspace KEYSPACE = new Keyspace("tiers:outside");

    private final RealRedis redis = RealRedis.start(SPEAKING);
    private final Node node = node(FarSetups.address(redis.host()), true);

    private static Node node(FarAddress address, boolean hears) {
        var far = FarSetups.far(address, "tiers:outside");
        return Node.over(hears ? FarSetups.hearing(far) : far, OutagePolicy.OPEN);
    }

    @AfterEach
    void stop() {
        node.close();
        redis.close();
    }

    private static String name(String key) {
        return KEYSPACE.entryKey("cities", key);
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).pollInterval(Duration.ofMillis(5));
    }

    /** Something that another program may do to the entry of k. */
    record Deed(String what, Object... words) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Deed> deeds() {
        return Stream.of(
                new Deed("removes it", "DEL", name("k")),
                new Deed("unlinks it", "UNLINK", name("k")),
                new Deed("replaces it", "SET", name("k"), "theirs"),
                new Deed("renames it", "RENAME", name("k"), "elsewhere"),
                new Deed("lets it expire", "PEXPIRE", name("k"), 30),
                new Deed(
                        "puts a list in its place",
                        "EVAL",
                        "redis.call('DEL', KEYS[1])" + " redis.call('RPUSH', KEYS[1], 'x')",
                        1,
                        name("k")));
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void changeOfAnotherProgram_isSeenBeforeTheNearTimeToLive(Deed deed) {
        node.putFar("k", "v");
        assertThat(node.get("k")).isEqualTo("v");
        redis.call(deed.words());
        soon().until(() -> node.get("k") == null);
    }

    /** An older version of ours is as good as any: what counts is that the far tier holds it. */
    @Test
    void olderVersionPutBack_isSeen() {
        node.putFar("k", "old");
        Object old = redis.call("GET", name("k"));
        node.putFar("k", "new");
        redis.call("SET", name("k"), old);
        soon().until(() -> "old".equals(node.get("k")));
    }

    @Test
    void eviction_isSeen() {
        node.putFar("other", "v");
        soon().until(() -> node.put("k", "v", 3_600_000).version() != null);
        redis.call("CONFIG", "SET", "maxmemory-policy", "volatile-ttl");
        redis.call("CONFIG", "SET", "maxmemory", 1);
        assertThatThrownBy(() -> redis.call("SET", "filler", "x")).hasMessageContaining("OOM");
        assertThat(redis.call("EXISTS", name("k"))).isEqualTo(0L);
        soon().until(() -> node.get("k") == null);
        assertThat(node.get("other")).isEqualTo("v");
    }

    /** Who asks what: the scripts ask for headers too. */
    private List<String> questionsDuring(Runnable work) {
        try (RespClient monitor = redis.connect()) {
            monitor.send("MONITOR");
            monitor.next();
            work.run();
            redis.call("ECHO", "end of the questions");
            return Stream.generate(() -> String.valueOf(monitor.next()))
                    .takeWhile(line -> !line.contains("end of the questions"))
                    .filter(line -> line.contains("\"GETRANGE\"") && !line.contains(" lua]"))
                    .toList();
        }
    }

    private static void pause() {
        await().pollDelay(Duration.ofMillis(10 * Doubts.PAUSE_MILLIS)).until(() -> true);
    }

    /** Own writes have events too: each key is compared once in a pause, and stays. */
    @Test
    void ownWrites_keepTheirEntriesAndCostFewQuestions() {
        long[] pauses = new long[1];
        List<String> questions = questionsDuring(() -> {
            long start = System.nanoTime();
            IntStream.range(0, 500).forEach(i -> node.putFar("k" + i % 5, "v" + i));
            pauses[0] = 2 + Duration.ofNanos(System.nanoTime() - start).toMillis() / Doubts.PAUSE_MILLIS;
            pause();
        });
        assertThat(questions).isNotEmpty().hasSizeLessThanOrEqualTo((int) (5 * pauses[0]));
        assertThat(node.figures().nearSize())
                .as("a beat beside a write may keep one out")
                .isBetween(4L, 5L);
    }

    @Test
    void writesOfAnotherNode_ofKeysThatAreNotKeptHere_costNoQuestion() {
        try (Node other = node(FarSetups.address(redis.host()), false)) {
            List<String> questions = questionsDuring(() -> {
                IntStream.range(0, 200).forEach(i -> other.putFar("k" + i, "v"));
                pause();
            });
            assertThat(questions).isEmpty();
        }
    }

    /** A connection that was cut has missed events: what was kept is not believed any more. */
    @Test
    void changeWhileTheSubscriptionIsBroken_isSeen() {
        node.putFar("k", "v");
        try (RespClient client = redis.connect()) {
            client.call("MULTI");
            client.call("CLIENT", "KILL", "TYPE", "pubsub");
            client.call("DEL", name("k"));
            client.call("EXEC");
        }
        soon().until(() -> node.get("k") == null);
    }

    static List<Program> programs() {
        return Program.all().toList();
    }

    /** Each master tells of its own keys, and only its own clients. */
    @ParameterizedTest
    @MethodSource("programs")
    void changesOnEveryMasterOfACluster_areSeen(Program program) {
        try (RealCluster cluster = RealCluster.start(program)) {
            cluster.nodes().forEach(master -> master.call("CONFIG", "SET", "notify-keyspace-events", "Kg$xe"));
            FarAddress address = new FarAddress(Topology.CLUSTER, List.of(cluster.hosts()), false, null, null, 0, null);
            try (Node clustered = node(address, true)) {
                IntStream.range(0, 60).forEach(i -> clustered.putFar("k" + i, "v"));
                IntStream.range(0, 60)
                        .forEach(i -> assertThat(clustered.get("k" + i)).isEqualTo("v"));
                for (RealRedis master : cluster.nodes()) {
                    IntStream.range(0, 60).forEach(i -> remove(master, "k" + i));
                }
                IntStream.range(0, 60).forEach(i -> soon().until(() -> clustered.get("k" + i) == null));
            }
        }
    }

    private static void remove(RealRedis master, String key) {
        try {
            master.call("DEL", name(key));
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("MOVED");
        }
    }
}
