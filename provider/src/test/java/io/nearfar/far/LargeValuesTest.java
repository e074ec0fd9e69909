package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.StartPolicy;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.fault.proxy.Lines;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values above a megabyte go and come in pieces, and are whole all the same. */
@Timeout(120)
class LargeValuesTest {
    private static final int LENGTH = 3_000_000;

    private final TextFormat format = new TextFormat();
    private final RealRedis redis = RealRedis.start();
    private final Keyspace keyspace = new Keyspace("large");
    private FarTier tier;
    private EntryStore<String, String> store;

    @BeforeEach
    void start() {
        tier = FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "large")));
        store = store(tier, FarSetups.DEADLINE);
    }

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    private EntryStore<String, String> store(FarTier of, Duration deadline) {
        return of.store(FarSetups.cache("c", deadline), new TextKeys(), format);
    }

    private static String text(char filling) {
        return String.valueOf(filling).repeat(LENGTH);
    }

    private Change<String> write(String text, Condition condition, long millis) {
        return Change.write(format.keep(text), condition, Lifetime.of(millis), false);
    }

    private void put(String key, String text) {
        store.apply(key, write(text, Condition.ALWAYS, Lifetime.ETERNAL));
    }

    private String read(String key) {
        Entry<String> entry = store.read(key, Freshness.AUTHORITY);
        return entry == null ? null : entry.value().get();
    }

    private long life(String key) {
        return (Long) redis.call("PTTL", keyspace.entryKey("c", key));
    }

    private void assertNothingOnItsWay() {
        assertThat(ScriptBench.list(redis.call("KEYS", "*:u:*"))).isEmpty();
    }

    private int calls(String command) {
        String figures = RespClient.text(redis.call("INFO", "commandstats"));
        Matcher matcher =
                Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(figures);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    @Test
    void largeValue_isReadAsItWasWritten() {
        put("k", text('a'));
        assertThat(read("k")).isEqualTo(text('a'));
        assertThat(store.readAll(List.of("k", "none"), Freshness.AUTHORITY)
                        .get("k")
                        .value()
                        .get())
                .isEqualTo(text('a'));
        assertThat(store.scan().next()).extracting(Keyed::key).isEqualTo("k");
        assertNothingOnItsWay();
    }

    /** Who does not know yet learns by the first; then pieces come in the place of the whole. */
    @Test
    void reader_thatHasMetOne_readsInPieces() {
        put("k", text('a'));
        put("small", "v");
        try (FarTier other = FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "large")))) {
            EntryStore<String, String> there = store(other, FarSetups.DEADLINE);
            redis.call("CONFIG", "RESETSTAT");
            assertThat(calls("strlen")).isZero();
            there.read("k", Freshness.AUTHORITY);
            assertThat(calls("getrange")).isZero();
            assertThat(there.read("k", Freshness.AUTHORITY).value().get()).isEqualTo(text('a'));
            assertThat(calls("strlen")).isPositive();
            assertThat(calls("getrange")).isGreaterThan(LENGTH / Pieces.PIECE);
            redis.call("CONFIG", "RESETSTAT");
            assertThat(there.read("small", Freshness.AUTHORITY).value().get()).isEqualTo("v");
            assertThat(calls("getrange")).isOne();
            assertThat(calls("strlen")).isZero();
        }
    }

    @Test
    void lifetime_ofALargeValue_isItsOwn() {
        put("k", text('a'));
        assertThat(life("k")).isEqualTo(-1);
        store.apply("k", write(text('b'), Condition.ALWAYS, 3_600_000));
        assertThat(life("k")).isBetween(3_000_000L, 3_600_001L);
        store.apply(
                "k",
                Change.write(format.keep(text('c')), Condition.PRESENT, new Lifetime(0, Lifetime.UNCHANGED), false));
        assertThat(life("k")).isBetween(3_000_000L, 3_600_001L);
        put("k", text('d'));
        assertThat(life("k")).isEqualTo(-1);
        assertThat(read("k")).isEqualTo(text('d'));
    }

    @Test
    void conditionThatDoesNotHold_leavesNothingBehind() {
        put("k", "v");
        assertThat(store.apply("k", write(text('a'), Condition.ABSENT, Lifetime.ETERNAL))
                        .applied())
                .isFalse();
        assertThat(store.apply("other", write(text('a'), Condition.PRESENT, Lifetime.ETERNAL))
                        .applied())
                .isFalse();
        assertThat(read("k")).isEqualTo("v");
        assertThat(read("other")).isNull();
        assertNothingOnItsWay();
    }

    @Test
    void manyValues_largeAndSmall_areAllWritten() {
        Map<String, Change<String>> changes = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            String value = i % 5 == 0 ? text((char) ('a' + i)) : "v" + i;
            changes.put("k" + i, write(value, Condition.ALWAYS, Lifetime.ETERNAL));
        }
        assertThat(store.applyAll(changes))
                .hasSize(20)
                .allSatisfy((key, reply) -> assertThat(reply.applied()).isTrue());
        Map<String, Entry<String>> found = store.readAll(changes.keySet(), Freshness.AUTHORITY);
        changes.forEach((key, change) -> assertThat(found.get(key).value().get())
                .isEqualTo(change.value().get()));
        assertNothingOnItsWay();
    }

    /** A value that counts how often its bytes, from which they are compressed and sent, are asked for. */
    private record Counted(Value<String> value, AtomicInteger asked) implements Value<String> {
        @Override
        public String get() {
            return value.get();
        }

        @Override
        public byte[] bytes() {
            asked.incrementAndGet();
            return value.bytes();
        }

        @Override
        public int weight() {
            return value.weight();
        }
    }

    /** What it came to the first time is sent, also where it is too large for the others, or its key is locked. */
    @ParameterizedTest
    @ValueSource(ints = {10, LENGTH})
    void amongMany_isPreparedOnce(int length) {
        put("locked", "v");
        Version before = store.read("locked", Freshness.AUTHORITY).version();
        redis.call("SET", keyspace.lockKey(keyspace.partition("c", "locked"), "c", "locked"), "you", "PX", 100);
        AtomicInteger asked = new AtomicInteger();
        Value<String> value = new Counted(format.keep("x".repeat(length)), asked);
        Lifetime eternal = Lifetime.of(Lifetime.ETERNAL);
        Map<String, Reply<String>> replies = store.applyAll(Map.of(
                "locked", Change.write(value, Condition.is(before), eternal, false),
                "free", Change.write(value, Condition.ALWAYS, eternal, false)));
        assertThat(replies.values()).hasSize(2).allMatch(Reply::applied);
        assertThat(asked).hasValue(2);
    }

    /** The entry is replaced between the pieces again and again; of two values there is never half and half. */
    @Test
    void valueThatChangesWhileItIsRead_isWhole() throws Exception {
        put("k", text('a'));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> writer = thread.submit(() -> {
            for (int i = 0; !over.get(); i++) {
                put("k", text((char) ('a' + i % 26)));
            }
        });
        for (int i = 0; i < 40; i++) {
            String read = read("k");
            assertThat(read).hasSize(LENGTH);
            assertThat(read.chars().distinct().count()).isOne();
        }
        over.set(true);
        writer.get();
        thread.shutdown();
    }

    /** Garbage as large as that is a miss like other garbage, and so is what is no string. */
    @Test
    void largeGarbage_isAMiss() {
        put("k", text('a'));
        redis.call("SET", keyspace.entryKey("c", "k"), new byte[LENGTH]);
        redis.call("RPUSH", keyspace.entryKey("c", "list"), "x");
        assertThat(read("k")).isNull();
        assertThat(read("list")).isNull();
        assertThat(store.readAll(List.of("k", "list"), Freshness.AUTHORITY)).isEmpty();
        put("list", text('b'));
        assertThat(read("list")).isEqualTo(text('b'));
    }

    /** All of it takes several deadlines, each piece a small part of one; by two connections it would take half as long. */
    @Test
    void slowLink_takesItsTimeAsLongAsPiecesCome() {
        String large = "x".repeat(7_000_000);
        Duration deadline = Duration.ofSeconds(2);
        try (FaultProxy proxy = new FaultProxy(redis.port());
                FarTier slow = FarSetups.open(FarSetups.ofOneConnection(FarSetups.quiet(
                        FarSetups.far(FarSetups.address(proxy.host()), "large", StartPolicy.DEFAULT, deadline))))) {
            EntryStore<String, String> there = store(slow, deadline);
            proxy.throttle(2_000_000);
            long start = System.nanoTime();
            there.apply("k", write(large, Condition.ALWAYS, Lifetime.ETERNAL));
            assertThat(there.read("k", Freshness.AUTHORITY).value().get()).isEqualTo(large);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(deadline.multipliedBy(3));
            assertThat(slow.breakerOpenings()).isZero();
        }
    }

    /** Who has met a large value reads others carefully, and asks all that this takes before anything is answered. */
    @Test
    void carefulRead_ofAnOrdinaryValue_isOneRoundTrip() throws Exception {
        put("k", text('a'));
        put("small", "v");
        Duration deadline = Duration.ofSeconds(60);
        try (FaultProxy proxy = new FaultProxy(redis.port());
                FarTier held = FarSetups.open(FarSetups.quiet(
                        FarSetups.far(FarSetups.address(proxy.host()), "large", StartPolicy.DEFAULT, deadline)))) {
            EntryStore<String, String> there = store(held, deadline);
            there.read("k", Freshness.AUTHORITY);
            redis.call("CONFIG", "RESETSTAT");
            proxy.holdBack(Lines.ALL);
            FutureTask<Entry<String>> read = new FutureTask<>(() -> there.read("small", Freshness.AUTHORITY));
            new Thread(read).start();
            await().atMost(deadline).until(() -> calls("getrange") == 1 && calls("mget") == 1);
            proxy.heal();
            assertThat(read.get().value().get()).isEqualTo("v");
            assertThat(calls("getrange")).isOne();
            assertThat(calls("strlen")).isZero();
            assertThat(there.read("none", Freshness.AUTHORITY)).isNull();
            assertThat(held.breakerOpenings()).isZero();
        }
    }

    /** Together they take several deadlines, in both directions, and nobody has met any of them before. */
    @Test
    void slowLink_takesItsTimeForManyMiddlingValues() {
        Duration deadline = Duration.ofSeconds(3);
        Map<String, Change<String>> changes = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            changes.put("k" + i, write("x".repeat(200_000), Condition.ALWAYS, Lifetime.ETERNAL));
        }
        try (FaultProxy proxy = new FaultProxy(redis.port());
                FarTier slow = FarSetups.open(FarSetups.quiet(
                        FarSetups.far(FarSetups.address(proxy.host()), "large", StartPolicy.DEFAULT, deadline)))) {
            EntryStore<String, String> there = store(slow, deadline);
            proxy.throttle(2_000_000);
            assertThat(there.applyAll(changes)).hasSize(40);
            assertThat(there.readAll(changes.keySet(), Freshness.AUTHORITY)).hasSize(40);
            assertThat(slow.breakerOpenings()).isZero();
        }
    }

    /** Another program's, below one of our keys: no room is made for it, and of many keys its length alone is asked for. */
    @Test
    void whatIsTooLongForAnEntry_isAMissOfWhichOnePieceIsReadAtMost() {
        put("k", text('a'));
        redis.call("SETRANGE", keyspace.entryKey("c", "huge"), 70_000_000, "x");
        redis.call("CONFIG", "RESETSTAT");
        assertThat(store.readAll(List.of("huge"), Freshness.AUTHORITY)).isEmpty();
        assertThat(calls("getrange")).isZero();
        assertThat(read("huge")).isNull();
        assertThat(calls("getrange")).isOne();
        assertThat(tier.garbage()).isEqualTo(2);
        put("huge", text('b'));
        assertThat(read("huge")).isEqualTo(text('b'));
    }

    /** It holds the version; a second one from another connection could be read before it, and be of another write. */
    @Test
    void firstPiece_isAwaitedBeforeTheSecondIsAskedFor() throws Exception {
        Duration deadline = Duration.ofSeconds(60);
        try (FaultProxy proxy = new FaultProxy(redis.port());
                FarTier slow = FarSetups.open(FarSetups.quiet(
                        FarSetups.far(FarSetups.address(proxy.host()), "large", StartPolicy.DEFAULT, deadline)))) {
            EntryStore<String, String> there = store(slow, deadline);
            there.apply("k", write(text('a'), Condition.ALWAYS, Lifetime.ETERNAL));
            redis.call("CONFIG", "RESETSTAT");
            redis.call("CONFIG", "SET", "slowlog-max-len", "10000");
            redis.call("CONFIG", "SET", "slowlog-log-slower-than", "0");
            proxy.throttle(20_000); // a piece takes three seconds
            FutureTask<Map<String, Entry<String>>> read =
                    new FutureTask<>(() -> there.readAll(List.of("k"), Freshness.AUTHORITY));
            Thread reader = new Thread(read);
            reader.start();
            await().atMost(deadline).until(() -> calls("getrange") > 0);
            await().atMost(deadline).until(() -> reader.getState() == Thread.State.TIMED_WAITING);
            redis.call("ECHO", "it waits");
            proxy.heal();
            assertThat(read.get().get("k").value().get()).isEqualTo(text('a'));
            List<String> commands = commands();
            assertThat(commands.subList(0, commands.indexOf("ECHO"))).containsOnlyOnce("GETRANGE");
            assertThat(commands.stream().filter("GETRANGE"::equals).count()).isGreaterThan(LENGTH / Pieces.PIECE);
        }
    }

    /** Returns what the server was told since it logs that, in order. */
    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        for (Object line : ScriptBench.list(redis.call("SLOWLOG", "GET", "-1"))) {
            byte[] name =
                    (byte[]) ScriptBench.list(ScriptBench.list(line).get(3)).get(0);
            commands.add(new String(name, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT));
        }
        Collections.reverse(commands);
        return commands;
    }

    /** Until its next commit arrives, or the lock would be for nothing. */
    @Test
    void lock_ofWhoLosesWithLargeValues_lastsForAnUpload() {
        put("k", "v");
        Change<String> loses = write(text('a'), Condition.is(new Version(1, 1)), Lifetime.ETERNAL);
        try (FaultProxy proxy = new FaultProxy(redis.port());
                FarTier slow =
                        FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(proxy.host()), "large")))) {
            EntryStore<String, String> there = store(slow, FarSetups.DEADLINE);
            proxy.throttle(3_000_000);
            for (int i = 0; i < Contest.LOSSES; i++) {
                assertThat(there.apply("k", loses).applied()).isFalse();
            }
            assertThat((Long) redis.call("PTTL", keyspace.lockKey(keyspace.partition("c", "k"), "c", "k")))
                    .isGreaterThan(500);
        }
    }

    @Test
    void fullServer_refusesAndKeepsNothing() {
        put("k", "v");
        redis.call("CONFIG", "SET", "maxmemory", 1);
        assertThatThrownBy(() -> put("k", text('a')))
                .isInstanceOf(FarTierUnavailableException.class)
                .hasMessageContaining("OutOfMemory");
        redis.call("CONFIG", "SET", "maxmemory", 0);
        assertThat(read("k")).isEqualTo("v");
        assertNothingOnItsWay();
        assertThat(tier.breakerOpenings()).isZero();
    }
}
