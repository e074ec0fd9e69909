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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many commands each operation costs, by the server's own count. */
class BudgetTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final List<String> COUNTED =
            List.of("mget", "get", "evalsha", "eval", "scan", "keys", "script|load", "script", "set", "del", "multi");

    private final TextFormat format = new TextFormat();
    private RealRedis redis;
    private FarTier tier;
    private EntryStore<String, String> store;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        tier = FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "budget")));
        store = tier.store(FarSetups.cache("c"), new TextKeys(), format);
        store.applyAll(writes(1));
        store.clear();
        awaitSweep();
        store.applyAll(writes(1));
        store.applyAll(removals(1));
        store.apply("warm", write());
        store.apply("warm", Change.removal(Condition.ALWAYS, false));
        store.release("warm", ((io.nearfar.entry.Lease.Granted<String>) store.lease("warm", 1_000)).version());
        redis.call("CONFIG", "RESETSTAT");
    }

    /** Waits until the sweep of a clear has deleted the entry that was there, and given back its right. */
    private void awaitSweep() {
        Keyspace keyspace = new Keyspace("budget");
        await().atMost(SOON)
                .until(() -> redis.call("EXISTS", keyspace.entryKey("c", "k0")).equals(0L));
        await().atMost(SOON)
                .until(() -> redis.call("EXISTS", keyspace.sweepKey("c")).equals(0L));
    }

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    private Change<String> write() {
        return Change.write(format.keep("v"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), true);
    }

    private Map<String, Change<String>> writes(int count) {
        Map<String, Change<String>> changes = new HashMap<>();
        IntStream.range(0, count).forEach(i -> changes.put("k" + i, write()));
        return changes;
    }

    private static Map<String, Change<String>> removals(int count) {
        Map<String, Change<String>> changes = new HashMap<>();
        IntStream.range(0, count).forEach(i -> changes.put("k" + i, Change.removal(Condition.ALWAYS, true)));
        return changes;
    }

    /** Returns the commands that clients have sent since the last time. Those that scripts call are not told apart. */
    private static Map<String, Long> commands(RealRedis of) {
        Map<String, Long> commands = new TreeMap<>();
        RespClient.text(of.call("INFO", "commandstats")).lines().forEach(line -> {
            if (line.startsWith("cmdstat_")) {
                String name = line.substring(8, line.indexOf(':'));
                long calls = Long.parseLong(line.substring(line.indexOf("calls=") + 6, line.indexOf(',')));
                if (COUNTED.contains(name) && !List.of("get", "set", "del").contains(name)) {
                    commands.put(name, calls);
                }
            }
        });
        of.call("CONFIG", "RESETSTAT");
        return commands;
    }

    @Test
    void operationsOnOneKey_takeOneRoundTrip() {
        store.apply("k", write());
        assertThat(commands(redis)).isEqualTo(Map.of("evalsha", 1L));
        Entry<String> entry = store.read("k", Freshness.AUTHORITY);
        assertThat(commands(redis)).isEqualTo(Map.of("mget", 1L));
        store.touch("k", entry, 60_000);
        store.apply("k", Change.removal(Condition.PRESENT, true));
        store.lease("k", 1_000);
        commands(redis); // the first touch teaches its script
        store.touch("k", entry, 60_000);
        store.lease("k", 1_000);
        store.apply("k", Change.removal(Condition.PRESENT, true));
        assertThat(commands(redis)).isEqualTo(Map.of("evalsha", 3L));
    }

    /** A script of changes gives one MGET itself, of what partitions know. */
    private static Map<String, Long> scriptsOfChanges(long calls) {
        return Map.of("evalsha", calls, "mget", calls);
    }

    @Test
    void operationsOnManyKeys_takeOneForAll() {
        store.applyAll(writes(100));
        assertThat(commands(redis)).isEqualTo(scriptsOfChanges(1));
        store.readAll(writes(100).keySet(), Freshness.AUTHORITY);
        assertThat(commands(redis)).isEqualTo(Map.of("mget", 1L));
        store.applyAll(removals(100));
        assertThat(commands(redis)).isEqualTo(scriptsOfChanges(1));
        store.applyAll(writes(2_560));
        assertThat(commands(redis)).isEqualTo(scriptsOfChanges(10));
    }

    @Test
    void clear_takesOneForEachPartition_andScansInTheBackground() {
        store.applyAll(writes(300));
        commands(redis);
        store.clear();
        Map<String, Long> counted = commands(redis);
        assertThat(counted.get("evalsha")).isGreaterThanOrEqualTo(Keyspace.PARTITIONS);
        assertThat(counted).doesNotContainKey("keys");
    }

    @Test
    void scan_takesPagesAndNeverKeys() {
        store.applyAll(writes(1_000));
        commands(redis);
        store.scan().forEachRemaining(keyed -> {});
        Map<String, Long> counted = commands(redis);
        assertThat(counted.keySet()).containsExactlyInAnyOrder("scan", "mget");
        assertThat(counted.get("scan")).isBetween(2L, 12L);
    }

    @Test
    void operationsOnManyKeys_onACluster_takeOneForEachPartition() {
        try (RealCluster cluster = RealCluster.start(Program.EMBEDDED)) {
            FarAddress address = new FarAddress(Topology.CLUSTER, List.of(cluster.hosts()), false, null, null, 0, null);
            try (FarTier clustered = FarSetups.open(FarSetups.quiet(FarSetups.far(address, "budget")))) {
                EntryStore<String, String> far = clustered.store(FarSetups.cache("c"), new TextKeys(), format);
                far.applyAll(writes(1_000));
                cluster.nodes().forEach(BudgetTest::commands);
                far.applyAll(writes(1_000));
                assertThat(commandsOf(cluster)).isEqualTo(scriptsOfChanges(64));
                far.readAll(writes(1_000).keySet(), Freshness.AUTHORITY);
                assertThat(commandsOf(cluster)).isEqualTo(Map.of("mget", 64L));
            }
        }
    }

    private static Map<String, Long> commandsOf(RealCluster cluster) {
        Map<String, Long> sum = new TreeMap<>();
        cluster.nodes().forEach(node -> commands(node).forEach((name, calls) -> sum.merge(name, calls, Long::sum)));
        return sum;
    }
}
