package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.EntryStore;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fifty nodes whose server dies at one moment, and comes back: as the server itself sees their connections come. */
@Timeout(240)
class ReconnectionTest {
    private static final int NODES = 50;

    /** Each node has one for calls and one for messages. */
    private static final int CONNECTIONS = 2 * NODES;

    private static final Duration AWAY = Duration.ofSeconds(3);
    private static final int TRIES = 3;

    /** With waits of half a second to a second it is about 400 ms; with equal ones 70, for timers have ticks. */
    private static final long SPREAD_MICROS = 150_000;

    /** Time, and client; scripts' own commands come from one named lua. */
    private static final Pattern MONITORED = Pattern.compile("(\\d+)\\.(\\d{6}) \\[\\d+ (\\S+)\\]");

    private static final long QUIET_MICROS = 3_000_000;

    private final ExecutorService helpers = Executors.newFixedThreadPool(8);
    private final List<FarTier> tiers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        everywhere(tier -> {
            tier.close();
            return tier;
        });
        helpers.shutdownNow();
    }

    /** What is done with each node. */
    private interface Work<T> {
        T with(FarTier tier) throws Exception;
    }

    private <T> List<T> everywhere(Work<T> work) throws Exception {
        return done(
                tiers.stream().map(tier -> (Callable<T>) () -> work.with(tier)).toList());
    }

    private <T> List<T> done(List<Callable<T>> calls) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> each : helpers.invokeAll(calls)) {
            results.add(each.get());
        }
        return results;
    }

    private void startNodes(RealRedis redis) throws Exception {
        List<Callable<FarTier>> starts = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            starts.add(() -> FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "comeback")));
        }
        tiers.addAll(done(starts));
    }

    /** A busy machine can push connections together, so that another try is needed; it seldom spreads what is not. */
    @Test
    void nodes_whoseServerIsBack_connectSpreadOverTime() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            startNodes(redis);
            List<Long> spreads = new ArrayList<>();
            while (spreads.size() < TRIES && spreads.stream().noneMatch(spread -> spread >= SPREAD_MICROS)) {
                redis.kill();
                Waiting.pause(AWAY.toNanos());
                redis.restart();
                spreads.add(spread(arrivals(redis)));
                everywhere(tier -> write(Sharing.store(tier)));
            }
            assertThat(spreads).as("microseconds in each try").anyMatch(spread -> spread >= SPREAD_MICROS);
        }
    }

    private static boolean write(EntryStore<String, String> store) {
        FarSetups.awaitReach(store);
        return store.apply("k", Sharing.write("v")).applied();
    }

    /** Returns how far the first tenth and the last tenth are apart. */
    private static long spread(Collection<Long> times) {
        assertThat(times).hasSizeGreaterThan(CONNECTIONS * 3 / 4);
        List<Long> sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() * 9 / 10) - sorted.get(sorted.size() / 10);
    }

    /** Returns when, by the server's clock in microseconds, each connection first spoke, until no more come. */
    private static Collection<Long> arrivals(RealRedis redis) {
        Map<String, Long> arrivals = new HashMap<>();
        try (RespClient monitor = redis.connect()) {
            monitor.call("MONITOR");
            long last = 0;
            for (long at = 0; arrivals.size() < CONNECTIONS && at - last < QUIET_MICROS; ) {
                Matcher line = MONITORED.matcher(RespClient.text(monitor.next()));
                assertThat(line.lookingAt()).isTrue();
                at = Long.parseLong(line.group(1) + line.group(2));
                last = arrivals.putIfAbsent(line.group(3), at) == null ? at : last;
            }
        }
        return arrivals.values();
    }
}
