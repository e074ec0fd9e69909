package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What one manager costs in threads and connections, as the documentation has it. */
@Timeout(120)
class FootprintTest {
    private static final int CALLERS = 16;
    private static final int ENTRIES = 10_000;
    private static final int HEAD = 38;
    private static final String VALUE = "v".repeat(20);

    /** Network, messages, beats and connecting, timer, sweeps. */
    private static final int MOST_THREADS = 4 + 2 + 1 + 1 + 1;

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    private static long connections(RealRedis redis) {
        return RespClient.text(redis.call("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=nearfar"))
                .count();
    }

    /** Without beats, for on a busy machine several of them may meet a call, and have as many connections opened. */
    @Test
    void tier_oneCallAfterTheOther_hasOneConnectionForCallsAndOneForMessages() {
        try (RealRedis redis = RealRedis.start();
                FarTier tier =
                        FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "footprint")))) {
            long opened = connections(redis); // those of a start meet on a busy machine
            calls(Sharing.store(tier));
            assertThat(connections(redis)).isBetween(2L, Math.max(opened, 3L));
        }
    }

    @Test
    void tier_underManyCallers_staysSmall() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (RealRedis redis = RealRedis.start()) {
            for (Future<?> started : callers.invokeAll(callers(() -> null))) {
                started.get();
            }
            Set<Thread> before = threads();
            try (FarTier tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "footprint"))) {
                EntryStore<String, String> store = Sharing.store(tier);
                for (Future<?> done : callers.invokeAll(callers(() -> calls(store)))) {
                    done.get();
                }
                Set<Thread> since = threads();
                since.removeAll(before);
                assertThat(since).extracting(Thread::getName).hasSizeLessThanOrEqualTo(MOST_THREADS);
                assertThat(connections(redis)).isBetween(2L, 6L);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void limits_underManyCallers_haveAsManyForCalls_andOneForMessagesThatNeverCome() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (RealRedis redis = RealRedis.start();
                FarLimits limits = LimitCalls.reached(FarSetups.far(FarSetups.address(redis.host()), "footprint"))) {
            for (Future<?> done : callers.invokeAll(callers(() -> decisions(limits)))) {
                done.get();
            }
            assertThat(connections(redis)).isBetween(2L, 5L);
        } finally {
            callers.shutdownNow();
        }
    }

    private static Object decisions(FarLimits limits) {
        for (int i = 0; i < 200; i++) {
            LimitCalls.decide(limits, List.of(LimitCalls.ALL.of("k" + i)), 1, false);
        }
        return limits;
    }

    /** What Redis keeps for an entry beside name, head and value, as the page on capacity has it. */
    @ParameterizedTest
    @EnumSource
    void entry_takesNameHeadAndValue_andWhatRedisKeepsBeside(Program program) {
        try (RealRedis redis = program.start();
                FarTier tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "footprint"))) {
            EntryStore<String, String> store = Sharing.store(tier);
            store.applyAll(entries("warm-up", ENTRIES / 10)); // metas and chains are there then
            long before = memory(redis);
            store.applyAll(entries("entry", ENTRIES));
            long each = (memory(redis) - before) / ENTRIES;
            String name = new Keyspace("footprint").entryKey("c", "entry" + ENTRIES / 2);
            assertThat(each - name.length() - HEAD - VALUE.length()).isBetween(60L, 150L);
        }
    }

    private static Map<String, Change<String>> entries(String name, int many) {
        Change<String> write = Change.write(
                new TextFormat().keep(VALUE), Condition.ALWAYS, Lifetime.of(TimeUnit.HOURS.toMillis(1)), false);
        return IntStream.range(0, many).boxed().collect(Collectors.toMap(i -> name + i, i -> write));
    }

    private static long memory(RealRedis redis) {
        return Long.parseLong(
                RespClient.text(redis.call("INFO", "memory")).replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
    }

    private static List<Callable<Object>> callers(Callable<Object> work) {
        List<Callable<Object>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(work);
        }
        return callers;
    }

    private static Object calls(EntryStore<String, String> store) {
        for (int i = 0; i < 200; i++) {
            store.apply("k" + i, Sharing.write("v"));
            store.read("k" + i, Freshness.AUTHORITY);
        }
        return store;
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "4, 4", "64, 4"})
    void networkThreads_areFewHoweverManyProcessors(int processors, int threads) {
        assertThat(LinkConfig.networkThreads(processors)).isEqualTo(threads);
    }
}
