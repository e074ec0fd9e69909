package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lifetime;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is left of a closed tier: no thread, no connection. */
class CloseTest {
    /** Longer takes only what waits for ever. */
    private static final Duration HANG = Duration.ofSeconds(60);

    private Set<Thread> before;

    @BeforeEach
    void count() {
        before = threads();
    }

    /** Returns the threads but those of the JVM, of child processes and of the tests. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("process reaper"))
                .filter(thread -> !thread.getName().startsWith("Attach Listener"))
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
                .filter(thread -> !thread.getName().startsWith("awaitility"))
                .filter(thread -> !thread.getName().startsWith("junit"))
                .collect(Collectors.toSet());
    }

    private void assertNoThreadLeft() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Set<Thread> left = threads();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    @Test
    void close_afterWork_leavesNeitherThreadNorConnection() {
        try (RealRedis redis = RealRedis.start();
                RespClient client = redis.connect()) {
            for (int round = 0; round < 3; round++) {
                FarTier tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "close"));
                EntryStore<String, String> store = tier.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
                Change<String> put =
                        Change.write(new TextFormat().keep("v"), Condition.ALWAYS, Lifetime.of(60_000), false);
                for (int i = 0; i < 100; i++) {
                    store.apply("k" + i, put);
                }
                store.clear();
                assertThat(nearfarClients(client)).isBetween(2L, 8L);
                tier.close();
                assertThat(ownThreads()).isEmpty();
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(RespClient.text(client.call("CLIENT", "LIST"))
                                    .lines())
                            .hasSize(1));
        }
        assertNoThreadLeft();
    }

    /** Servers look for what an application has left behind at once. */
    private Set<Thread> ownThreads() {
        Set<Thread> left = threads();
        left.removeAll(before);
        left.removeIf(thread -> !thread.getName().startsWith("nearfar"));
        return left;
    }

    private static long nearfarClients(RespClient client) {
        return client.text("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains("name=nearfar"))
                .count();
    }

    @Test
    void close_inAnOutage_leavesNoThread() {
        FarTier.open(FarSetups.far(FarSetups.address("127.0.0.1:" + RealRedis.freePort()), "close"))
                .close();
        assertNoThreadLeft();
    }

    @Test
    void close_whileTheServerHangs_returnsSoon() {
        try (RealRedis redis = RealRedis.start()) {
            FarTier tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "close"));
            redis.freeze();
            long start = System.nanoTime();
            tier.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HANG);
            redis.thaw();
        }
        assertNoThreadLeft();
    }

    /** The greeting is over, and what comes after it takes its time. */
    @Test
    void close_whileConnectingAnew_leavesNoThread() {
        try (RealRedis redis = RealRedis.start();
                RespClient client = redis.connect();
                FaultProxy proxy = new FaultProxy(redis.port())) {
            FarTier tier = FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(proxy.host()), "close")));
            long connections = nearfarClients(client);
            proxy.delay(Duration.ofMillis(100));
            tier.renew();
            await().atMost(HANG).until(() -> nearfarClients(client) > connections);
            tier.close();
            assertThat(threads()).extracting(Thread::getName).doesNotContain("nearfar-renewal");
        }
        assertNoThreadLeft();
    }

    @Test
    void open_refused_leavesNoThread() {
        try (RealRedis redis = RealRedis.start("--requirepass", "secret")) {
            FarAddress address =
                    new FarAddress(Topology.STANDALONE, List.of(redis.host()), false, null, "wrong", 0, null);
            assertThat(catchThrowable(() -> FarTier.open(FarSetups.far(address, "close"))))
                    .isNotNull();
        }
        assertNoThreadLeft();
    }
}
