package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** A server that hangs, dies or refuses: every operation ends within its deadline, and late is harmless. */
@Timeout(120)
class FaultTest {
    private static final Duration HASTE = Duration.ofMillis(400);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TextFormat format = new TextFormat();
    private RealRedis redis;
    private FarTier tier;
    private FarEntries<String, String> store;
    private EntryStore<String, String> hasty;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "fault"));
        store = tier.store(FarSetups.cache("c"), new TextKeys(), format);
        hasty = tier.store(FarSetups.cache("c", HASTE), new TextKeys(), format);
    }

    @AfterEach
    void stop() {
        redis.thaw();
        tier.close();
        redis.close();
    }

    private Change<String> write(String text, Condition condition) {
        return Change.write(format.keep(text), condition, Lifetime.of(Lifetime.ETERNAL), false);
    }

    private void put(String key, String text) {
        store.apply(key, write(text, Condition.ALWAYS));
    }

    private String read(String key) {
        Entry<String> entry = store.read(key, Freshness.AUTHORITY);
        return entry == null ? null : entry.value().get();
    }

    private static String refusal(ThrowingSupplier<?> operation) {
        Throwable refusal = catchThrowable(operation::get);
        assertThat(refusal).isInstanceOf(FarTierUnavailableException.class);
        return refusal.getMessage();
    }

    /** The first call is given up after its deadline; of the others only the breaker's few probes are sent at all. */
    @Test
    void operations_onAFrozenServer_endWithinTheDeadlineAndThenAtOnce() {
        put("k", "v");
        redis.freeze();
        long start = System.nanoTime();
        assertThat(refusal(() -> hasty.read("k", Freshness.AUTHORITY))).contains("no answer within 400 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(HASTE, FarSetups.DEADLINE);
        assertThat(tier.breakerOpenings()).isOne();
        List<String> refusals = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            refusals.add(refusal(() -> hasty.apply("k", write("w", Condition.ALWAYS))));
        }
        assertThat(refusals).allMatch(told -> told.contains("was not asked") || told.contains("within 400 ms"));
        assertThat(refusals.stream().filter(told -> told.contains("was not asked")))
                .hasSizeGreaterThan(10);
        assertThat(tier.breakerOpenings()).isOne();
        redis.thaw();
        await().atMost(SOON).ignoreException(FarTierUnavailableException.class).until(() -> "v".equals(read("k")));
        assertThat(tier.breakerOpenings()).isOne();
    }

    /** Each kind of write is sent while the server hangs; when it goes on it finds them and does nothing. */
    @Test
    void writes_givenUp_neverHappen() {
        put("k", "v");
        Entry<String> entry = store.read("k", Freshness.AUTHORITY);
        Map<String, Change<String>> many = new HashMap<>();
        many.put("many", write("late", Condition.ALWAYS));
        many.put("k", Change.removal(Condition.ALWAYS, false));
        List<ThrowingSupplier<?>> writes = List.of(
                () -> hasty.apply("k", write("late", Condition.ALWAYS)),
                () -> hasty.apply("new", write("late", Condition.ABSENT)),
                () -> hasty.apply("k", Change.removal(Condition.ALWAYS, true)),
                () -> hasty.applyAll(many),
                () -> hasty.lease("loaded", 60_000),
                () -> {
                    hasty.touch("k", entry, Lifetime.NONE);
                    return null;
                },
                () -> {
                    hasty.clear();
                    return null;
                });
        for (ThrowingSupplier<?> write : writes) {
            await().atMost(SOON)
                    .ignoreException(FarTierUnavailableException.class)
                    .until(() -> "v".equals(read("k")));
            redis.freeze();
            refusal(write);
            redis.thaw();
        }
        await().atMost(SOON).ignoreException(FarTierUnavailableException.class).until(() -> "v".equals(read("k")));
        assertThat(read("new")).isNull();
        assertThat(read("many")).isNull();
        assertThat(store.read("k", Freshness.AUTHORITY)).isEqualTo(entry);
        assertThat(redis.call("EXISTS", new Keyspace("fault").entryKey("c", "loaded")))
                .isEqualTo(0L);
    }

    @Test
    void server_killedAndStartedAgain_isUsedAgain() {
        put("k", "v");
        redis.kill();
        assertThat(refusal(() -> hasty.read("k", Freshness.AUTHORITY))).contains(redis.host());
        redis.restart();
        await().atMost(SOON).ignoreException(FarTierUnavailableException.class).until(() -> {
            put("k", "new");
            return "new".equals(read("k"));
        });
    }

    /** The new process knows no scripts: each is taught when it is first called. */
    @Test
    void scripts_flushed_areTaughtAgain() {
        put("k", "v");
        redis.call("SCRIPT", "FLUSH");
        put("k", "w");
        redis.call("SCRIPT", "FLUSH");
        store.clear();
        assertThat(read("k")).isNull();
        assertThat(tier.breakerOpenings()).isZero();
    }

    @Test
    void write_onAFullServer_isRefusedAndRemovalsGoOn() {
        put("k", "v");
        redis.call("CONFIG", "SET", "maxmemory", 1);
        assertThatThrownBy(() -> put("k", "w"))
                .isInstanceOf(FarTierUnavailableException.class)
                .hasMessageContaining("OutOfMemory");
        store.apply("k", Change.removal(Condition.ALWAYS, false));
        assertThat(read("k")).isNull();
        store.clear();
        assertThat(tier.breakerOpenings()).isZero();
    }

    /** Nodes that come back one after another clear once. */
    @Test
    void clearOnce_afterTheClearOfAnother_leavesWhatIsNewer() {
        BitSet all = new BitSet();
        all.set(0, Keyspace.PARTITIONS);
        put("k", "old");
        store.clear();
        put("k", "new");
        store.clearOnce(all, any -> Duration.ofHours(1), (partition, why) -> {
            throw why;
        });
        assertThat(read("k")).isEqualTo("new");
        store.clearOnce(all, any -> Duration.ZERO, (partition, why) -> {
            throw why;
        });
        assertThat(read("k")).isNull();
    }

    @Test
    void garbageUnderOurKeys_isAMissThatTheNextWriteHeals() {
        Keyspace keyspace = new Keyspace("fault");
        String key = keyspace.entryKey("c", "k");
        for (Object garbage : new Object[] {"", "x", new byte[40], new byte[100_000]}) {
            put("k", "v");
            redis.call("SET", key, garbage);
            assertThat(read("k")).isNull();
            assertThat(store.readAll(List.of("k"), Freshness.AUTHORITY)).isEmpty();
            assertThat(store.scan().hasNext()).isFalse();
            assertThat(store.apply("k", write("w", Condition.ABSENT)).applied()).isTrue();
            assertThat(read("k")).isEqualTo("w");
        }
        assertThat(tier.garbage()).isEqualTo(4 * 3);
        redis.call("DEL", key);
        redis.call("HSET", key, "field", "value");
        assertThat(read("k")).isNull();
        put("k", "w");
        assertThat(read("k")).isEqualTo("w");
    }

    /** The header is sound, the value is not: to this node the key is absent, and stays so until it is written. */
    @Test
    void valuesThatCannotBeReadHere_countAsAbsent() {
        put("k", "?untrusted");
        assertThat(read("k")).isNull();
        assertThat(store.apply("k", Change.removal(Condition.is(new io.nearfar.entry.Version(1, 1)), false))
                        .existed())
                .isFalse();
        assertThat(store.apply("k", write("?still", Condition.ABSENT)).applied())
                .isTrue();
        assertThat(store.lease("k", 60_000)).isInstanceOf(io.nearfar.entry.Lease.Granted.class);
        put("k", "?again");
        Map<String, Change<String>> many = Map.of("k", write("v", Condition.ABSENT));
        assertThat(store.applyAll(many).get("k").applied()).isTrue();
        assertThat(read("k")).isEqualTo("v");
        put("k", "?again");
        Change<String> getAndPut =
                Change.write(format.keep("v"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), true);
        assertThat(store.apply("k", getAndPut)).satisfies(reply -> {
            assertThat(reply.existed()).isFalse();
            assertThat(reply.met()).isNull();
        });
    }

    @Test
    void interruptedThread_isServedAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        put("k", "v");
        assertThat(read("k")).isEqualTo("v");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void operations_afterClose_sayThatItIsClosed() {
        tier.close();
        assertThatThrownBy(() -> read("k"))
                .isInstanceOf(FarTierUnavailableException.class)
                .hasMessageContaining("closed");
        tier.close();
    }

    @Test
    void clock_followsTheServers() {
        long before = Numbers.time(ScriptBench.list(redis.call("TIME")));
        long clock = tier.clock().micros();
        long after = Numbers.time(ScriptBench.list(redis.call("TIME")));
        assertThat(clock).isBetween(before - 1, after + 10_000_000);
    }

    /** The server that takes over has had no outage; what was stored elsewhere in that of the other is still suspected. */
    @Test
    void troubles_ofAServerThatWasReplaced_areNotForgotten() {
        try (RealRedis master = RealRedis.start();
                RealRedis replica = RealRedis.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
                FarTier pair = FarSetups.open(
                        FarSetups.far(FarSetups.masterAndReplicas(master.host(), replica.host()), "pair"))) {
            FarEntries<String, String> store = pair.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
            long before = store.troubles(0);
            master.kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> pair.breakerOpenings() > 0);
            replica.call("REPLICAOF", "NO", "ONE");
            FarSetups.awaitReach(store);
            assertThat(store.silence(0)).isNull();
            assertThat(store.troubles(0)).isGreaterThan(before);
        }
    }
}
