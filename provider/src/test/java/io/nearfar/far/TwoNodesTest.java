package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two links with eight threads each at the same keys: conditional operations are exact. */
@Timeout(120)
class TwoNodesTest {
    private static final int THREADS = 8;

    /** One lock is enough where nothing stands still; it ends by itself, and a pause of the machine outlasts it. */
    private static final int LOCKS = 5;

    private final TextFormat format = new TextFormat();
    private final List<FarTier> tiers = new ArrayList<>();
    private final List<EntryStore<String, String>> stores = new ArrayList<>();
    private RealRedis redis;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        for (int i = 0; i < 2; i++) {
            FarTier tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "two"));
            tiers.add(tier);
            stores.add(tier.store(FarSetups.cache("c"), new TextKeys(), format));
        }
    }

    @AfterEach
    void stop() {
        for (FarTier tier : tiers) {
            assertThat(tier.breakerOpenings()).isZero();
            tier.close();
        }
        redis.close();
    }

    private Change<String> write(String text, Condition condition) {
        return Change.write(format.keep(text), condition, Lifetime.of(Lifetime.ETERNAL), false);
    }

    private static String text(Entry<String> entry) {
        return entry.value().get();
    }

    /** Does the same in all threads of both nodes at once. */
    private <T> List<T> everywhere(Function<EntryStore<String, String>, T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < 2 * THREADS; i++) {
                EntryStore<String, String> store = stores.get(i % 2);
                calls.add(() -> work.apply(store));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Adds one; returns how many commits that took. */
    private int increment(EntryStore<String, String> store, String key, long thinkNanos) {
        Entry<String> seen = store.read(key, Freshness.AUTHORITY);
        for (int commits = 1; ; commits++) {
            Waiting.pause(thinkNanos);
            String next = String.valueOf(Integer.parseInt(text(seen)) + 1);
            Reply<String> reply = store.apply(key, write(next, Condition.is(seen.version())));
            if (reply.applied()) {
                return commits;
            }
            seen = reply.met();
        }
    }

    @Test
    void increments_ofOneKey_areExact() throws Exception {
        stores.get(0).apply("k", write("0", Condition.ALWAYS));
        everywhere(store -> {
            for (int i = 0; i < 50; i++) {
                increment(store, "k", 0);
            }
            return null;
        });
        assertThat(text(stores.get(1).read("k", Freshness.AUTHORITY))).isEqualTo(String.valueOf(2 * THREADS * 50));
        assertThat(redis.call("KEYS", "*:l:*")).isEqualTo(List.of());
    }

    /** A caller that thinks long loses hundreds of times to those that do not, unless it locks the key. */
    @Test
    void increments_ofASlowCaller_makeProgress() throws Exception {
        stores.get(0).apply("k", write("0", Condition.ALWAYS));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService hurried = Executors.newFixedThreadPool(3);
        List<Future<?>> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.add(hurried.submit(() -> {
                while (!done.get()) {
                    increment(stores.get(0), "k", 0);
                }
            }));
        }
        try {
            for (int i = 0; i < 10; i++) {
                assertThat(increment(stores.get(1), "k", TimeUnit.MILLISECONDS.toNanos(20)))
                        .isLessThanOrEqualTo(LOCKS * (Contest.LOSSES + 1));
            }
        } finally {
            done.set(true);
            hurried.shutdown();
        }
        for (Future<?> other : others) {
            other.get();
        }
    }

    /** Who has lost so often that it locks the key, and then does not come back, keeps nobody else from the key. */
    @Test
    void lock_ofACallerThatGivesUp_endsSoon() {
        Version stale = stores.get(0).apply("k", write("0", Condition.ALWAYS)).version();
        Version current = stores.get(1).apply("k", write("1", Condition.ALWAYS)).version();
        for (int i = 0; i < Contest.LOSSES; i++) {
            assertThat(stores.get(0).apply("k", write("2", Condition.is(stale))).applied())
                    .isFalse();
        }
        for (Object lock : (List<?>) redis.call("KEYS", "*:l:*")) {
            assertThat((Long) redis.call("PTTL", lock)).isLessThanOrEqualTo(FarSetups.DEADLINE.toMillis() / 4);
        }
        assertThat(stores.get(1).apply("k", write("3", Condition.is(current))).applied())
                .isTrue();
    }

    @Test
    void putIfAbsent_hasOneWinner() throws Exception {
        for (int round = 0; round < 25; round++) {
            String key = "k" + round;
            List<Reply<String>> replies = everywhere(store -> store.apply(key, write("v", Condition.ABSENT)));
            assertThat(replies.stream().filter(Reply::applied)).hasSize(1);
            assertThat(replies.stream().filter(reply -> !reply.existed())).hasSize(1);
        }
    }

    @Test
    void getAndPut_handsOutEachOldValueOnce() throws Exception {
        Set<String> handedOut = ConcurrentHashMap.newKeySet();
        everywhere(store -> {
            for (int i = 0; i < 40; i++) {
                String text = Thread.currentThread().getId() + "-" + i;
                Entry<String> met = store.apply(
                                "k",
                                Change.write(
                                        format.keep(text), Condition.WITNESSED, Lifetime.of(Lifetime.ETERNAL), true))
                        .met();
                assertThat(met == null || handedOut.add(text(met))).isTrue();
            }
            return null;
        });
        assertThat(handedOut).hasSize(2 * THREADS * 40 - 1);
    }

    @Test
    void remove_hasOneWinner() throws Exception {
        for (int round = 0; round < 25; round++) {
            String key = "k" + round;
            stores.get(0).apply(key, write("v", Condition.ALWAYS));
            List<Reply<String>> replies =
                    everywhere(store -> store.apply(key, Change.removal(Condition.PRESENT, false)));
            assertThat(replies.stream().filter(Reply::applied)).hasSize(1);
        }
    }

    @Test
    void lease_isGrantedToOne() throws Exception {
        for (int round = 0; round < 25; round++) {
            String key = "k" + round;
            List<Lease<String>> leases = everywhere(store -> store.lease(key, 60_000));
            assertThat(leases.stream().filter(Lease.Granted.class::isInstance)).hasSize(1);
        }
    }

    /** Batches, single writes and clears mixed: what is left at the end both nodes see alike, and nothing is left over. */
    @Test
    void mixedChanges_leaveOneTruth() throws Exception {
        everywhere(store -> {
            for (int i = 0; i < 20; i++) {
                Map<String, Change<String>> changes = new HashMap<>();
                for (int k = 0; k < 30; k++) {
                    changes.put(
                            "k" + k,
                            (k + i) % 3 == 0
                                    ? Change.removal(Condition.ALWAYS, false)
                                    : write("v" + i, Condition.ALWAYS));
                }
                store.applyAll(changes);
                store.apply("k" + i, write("w", Condition.PRESENT));
                if (i % 7 == 0) {
                    store.clear();
                }
            }
            return null;
        });
        List<String> keys =
                java.util.stream.IntStream.range(0, 30).mapToObj(k -> "k" + k).toList();
        Map<String, Entry<String>> here = stores.get(0).readAll(keys, Freshness.AUTHORITY);
        assertThat(stores.get(1).readAll(keys, Freshness.AUTHORITY)).isEqualTo(here);
        int scanned = 0;
        for (var scan = stores.get(1).scan(); scan.hasNext(); scan.next()) {
            scanned++;
        }
        assertThat(scanned).isEqualTo(here.size());
    }
}
