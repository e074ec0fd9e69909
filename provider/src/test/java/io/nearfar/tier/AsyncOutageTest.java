package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Metric;
import io.nearfar.config.OutageRecovery;
import io.nearfar.entry.AsyncEntryStore;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.entry.Reply;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Relay;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions for which no thread waits, where something is to be made up for, and where their node is closed. */
@Timeout(120)
class AsyncOutageTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final RealRedis redis = RealRedis.start();
    private final Relay relay = new Relay(redis.port());

    @AfterEach
    void stop() {
        relay.close();
        redis.close();
    }

    private Setup setup() {
        return Setup.over(relay.host(), "tiers:async", DEADLINE);
    }

    private static AsyncEntryStore<String, String> async(Node node) {
        return Objects.requireNonNull(node.cache.async());
    }

    private static @Nullable Throwable failure(CompletableFuture<?> stage) {
        return stage.handle((value, failure) -> failure == null ? null : NeedsThreadException.cause(failure))
                .join();
    }

    /** Its servers are watched all the time, and nobody waits for anything because of that. */
    @Test
    void cacheThatIsClearedAfterOutages_hasNoThreadsForItsCalls() {
        try (Node node = Node.of(setup().recovering(OutageRecovery.CLEAR))) {
            node.putFar("k", "v");
            assertThat(threadOfAnAnswer(node, "none")).startsWith("nearfar-answers");
        }
    }

    /** What is dirty of a key concerns those who ask for that. */
    @Test
    void dirtyKey_keepsOthersFromNoAnswer() {
        try (Node node = Node.of(setup())) {
            node.putFar("k", "v");
            relay.hold(); // nobody makes up for it meanwhile
            node.dirty().note("k", 0, node.write("noted", Condition.ALWAYS), null);
            CompletableFuture<String> thread = thread(async(node).lookup("none"));
            assertThat(node.dirty().isEmpty()).as("nothing is dirty").isFalse();
            relay.pass();
            assertThat(thread.join()).startsWith("nearfar-answers");
        }
    }

    private String threadOfAnAnswer(Node node, String key) {
        relay.hold();
        CompletableFuture<String> thread = thread(async(node).lookup(key));
        relay.pass();
        return thread.join();
    }

    private static CompletableFuture<String> thread(CompletableFuture<?> answer) {
        return answer.thenApply(any -> Thread.currentThread().getName());
    }

    @Test
    void closingWithCallsPending_isNoOutage() {
        try (CapturedLog log = new CapturedLog()) {
            Node node = Node.of(setup());
            node.putFar("k", "v");
            relay.hold();
            CompletableFuture<Reply<String>> change = async(node).apply("k", node.write("w", Condition.ALWAYS));
            CompletableFuture<@Nullable Entry<String>> read = async(node).lookup("none");
            await().until(() -> relay.holds("none"));
            node.close();
            assertThat(failure(change))
                    .isInstanceOf(FarTierUnavailableException.class)
                    .hasMessageContaining("closed before");
            assertThat(read).isDone();
            assertThat(node.outages()).isZero();
            assertThat(log.lines("NF0302")).isEmpty();
            relay.pass();
        }
    }

    /** It is written in a second attempt, by a thread that may wait. */
    @Test
    void largeValue_isCountedOnce() {
        try (Node node = Node.of(setup())) {
            int length = 2 << 20;
            node.putFar("k", "v");
            double before = written(node);
            async(node)
                    .apply("k", node.write("x".repeat(length), Condition.ALWAYS))
                    .join();
            async(node).apply("k", node.write("small", Condition.ALWAYS)).join();
            assertThat(written(node) - before).isBetween(length + 5.0, length + 100.0);
        }
    }

    private static double written(Node node) {
        return node.signals.meters(() -> 0).stream()
                .filter(meter -> meter.metric() == Metric.CACHE_VALUE_BYTES)
                .filter(meter -> meter.tags().values().stream().toList().containsAll(List.of("out", "plain")))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
