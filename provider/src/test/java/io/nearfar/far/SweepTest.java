package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a clear leaves dead is deleted in the background, and nothing else. */
@Timeout(120)
class SweepTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int COUNT = 1_200;

    private final TextFormat format = new TextFormat();
    private final Keyspace keyspace = new Keyspace("sweep");
    private RealRedis redis;
    private FarTier tier;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "sweep"));
    }

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    private EntryStore<String, String> filled(String name) {
        EntryStore<String, String> store = tier.store(FarSetups.cache(name), new TextKeys(), format);
        Map<String, Change<String>> changes = new HashMap<>();
        for (int i = 0; i < COUNT; i++) {
            changes.put(
                    "k" + i, Change.write(format.keep("v"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false));
        }
        store.applyAll(changes);
        return store;
    }

    private int keys(String pattern) {
        return ScriptBench.list(redis.call("KEYS", pattern)).size();
    }

    /** Returns how many scripts the server has run since its statistics were reset. */
    private long scripts() {
        Matcher calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)")
                .matcher(RespClient.text(redis.call("INFO", "commandstats")));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void clear_leavesNoEntryBehindAndOthersAlone() {
        EntryStore<String, String> store = filled("c");
        EntryStore<String, String> other = filled("c2");
        redis.call("SET", "somebody:else", "v");
        store.clear();
        store.apply("k7", Change.write(format.keep("new"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false));
        await().atMost(SOON).until(() -> keys("*:e:c:*") == 1);
        assertThat(store.read("k7", Freshness.AUTHORITY).value().get()).isEqualTo("new");
        assertThat(keys("*:e:c2:*")).isEqualTo(COUNT);
        assertThat(other.read("k7", Freshness.AUTHORITY)).isNotNull();
        assertThat(keys("somebody:else")).isOne();
        await().atMost(SOON).until(() -> keys("*:s:*") == 0);
    }

    @Test
    void destroy_leavesChainsAlone() {
        EntryStore<String, String> store = filled("c");
        store.clear();
        store.destroy();
        await().atMost(SOON).until(() -> keys("*") == Keyspace.PARTITIONS);
        assertThat(keys("*:chain")).isEqualTo(Keyspace.PARTITIONS);
    }

    /** While another node sweeps the cache this one waits; it begins when the other has ended or died. */
    @Test
    void sweep_waitsForAnotherNodes() {
        tier.close();
        tier = FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "sweep")));
        EntryStore<String, String> store = filled("c");
        redis.call("SET", keyspace.sweepKey("c"), "another node");
        store.clear();
        redis.call("CONFIG", "RESETSTAT");
        await().atMost(SOON).until(() -> scripts() >= 2); // it asked for the right, and asked again
        assertThat(keys("*:e:c:*")).isEqualTo(COUNT);
        redis.call("DEL", keyspace.sweepKey("c"));
        await().atMost(SOON).until(() -> keys("*:e:c:*") == 0);
    }

    /** A sweep that the server's death interrupts begins again. */
    @Test
    void sweep_goesOnAfterAnOutage() {
        EntryStore<String, String> store = filled("c");
        redis.call("SET", keyspace.sweepKey("c"), "another node", "PX", 1_000);
        store.clear();
        redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        await().atMost(SOON).until(() -> keys("*:e:c:*") == 0);
    }
}
