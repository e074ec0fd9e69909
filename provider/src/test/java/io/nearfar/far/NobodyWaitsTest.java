package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.entry.Change;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No operation waits for another node: one whose threads stand still, and one that takes nothing from its network. */
@Timeout(120)
class NobodyWaitsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ROUNDS = 500;

    /** Keeps the threads that bring messages until the test is over. */
    private record Stuck(CountDownLatch until, AtomicInteger kept) implements InvalidationSink {
        @Override
        public void received(Invalidation message) {
            kept.incrementAndGet();
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void resubscribed(int partition) {}

        @Override
        public void unreadable(int partition) {}
    }

    private static RespClient deaf(RealRedis redis, String prefix) {
        RespClient deaf = redis.connect();
        Keyspace keyspace = new Keyspace(prefix);
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            deaf.send("SUBSCRIBE", keyspace.channel(partition));
        }
        return deaf;
    }

    @Test
    void operations_besideNodesThatStandStill_goOn() {
        Stuck stuck = new Stuck(new CountDownLatch(1), new AtomicInteger());
        try (RealRedis redis = RealRedis.start();
                FarTier standing = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "nobody"));
                FarTier working = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "nobody"));
                RespClient deaf = deaf(redis, "nobody")) {
            standing.subscribe(stuck);
            EntryStore<String, String> store = Sharing.store(working);
            store.apply("k", Sharing.write("first"));
            await().atMost(SOON).until(() -> stuck.kept().get() > 0);

            work(store);

            assertThat(stuck.kept().get()).as("the other still stands").isLessThan(ROUNDS);
            assertThat(working.breakerOpenings()).isZero();
            stuck.until().countDown();
            assertThat(deaf.next()).as("messages were left for the deaf one").isNotNull();
        }
    }

    private static void work(EntryStore<String, String> store) {
        Map<String, Change<String>> many = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            many.put("k" + i, Sharing.write("v" + i));
        }
        many.forEach(
                (key, change) -> assertThat(store.apply(key, change).applied()).isTrue());
        store.applyAll(many);
        assertThat(store.readAll(many.keySet(), Freshness.AUTHORITY)).hasSize(ROUNDS);
        store.clear();
        assertThat(store.scan().hasNext()).isFalse();
    }
}
