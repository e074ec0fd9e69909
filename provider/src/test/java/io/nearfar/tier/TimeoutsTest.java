package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FailSafeSettings;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long callers wait for a load, and what is counted of their answers. */
@Timeout(120)
class TimeoutsTest {
    private final Node node = Node.near();
    private final Threads threads = Threads.create();
    private final CompletableFuture<Value<String>> database = new CompletableFuture<>();

    @AfterEach
    void stop() {
        database.complete(null);
        threads.close();
        node.close();
    }

    private void ended() {
        node.store()
                .apply(
                        "k",
                        Change.write(node.values.keep("old"), Condition.ALWAYS, Lifetime.of(5), false)
                                .with(Attributes.of(List.of(), Attributes.AS_CONFIGURED, 3_600_000)));
        await().atMost(Duration.ofSeconds(30)).until(() -> node.get("k") == null);
    }

    private Timeouts<String, String> timeouts(Duration soft, Duration hard) {
        return new Timeouts<>(
                node.store(),
                "cities",
                new FailSafeSettings(Duration.ofHours(1), Duration.ofHours(1), soft, hard, Duration.ZERO),
                threads.errands());
    }

    private CompletionStage<Loaded<String>> load() {
        return node.loads().getOrLoadAsync("k", () -> database, replaced -> Node.eternal());
    }

    private static Asked<String> alone(CompletionStage<Loaded<String>> load) {
        return new Asked<>(load, new CompletableFuture<>());
    }

    private static <T> T result(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** It has its answer; what comes of the load afterwards is nobody's. */
    @Test
    void callerThatHasLeft_isCountedOnce() throws Exception {
        ended();
        CompletionStage<Loaded<String>> load = load();
        CompletionStage<Loaded<String>> bound =
                timeouts(Duration.ZERO, Duration.ofMillis(5)).bound("k", alone(load), System.nanoTime());
        Loaded<String> answer = result(node.loads().handed(bound));
        assertThat(answer.value().get()).isEqualTo("old");
        assertThat(node.figures().graceAnswers()).isOne();
        database.completeExceptionally(new IllegalStateException("the database is away"));
        assertThat(result(load).stale()).as("the load has failed").isTrue();
        assertThat(node.figures().graceAnswers()).isOne();
    }

    @Test
    void callerThatHasCancelled_isNotCounted() throws Exception {
        ended();
        CompletionStage<Loaded<String>> load = load();
        CompletableFuture<Loaded<String>> handed = node.loads().handed(load).toCompletableFuture();
        assertThat(handed.cancel(false)).isTrue();
        database.completeExceptionally(new IllegalStateException("the database is away"));
        assertThat(result(load).stale()).isTrue();
        assertThat(node.figures().graceAnswers()).isZero();
    }

    @Test
    void hardTimeout_ofAKeyOfWhichNothingIsKept_throws() {
        CompletionStage<Loaded<String>> bound =
                timeouts(Duration.ZERO, Duration.ofMillis(5)).bound("k", alone(load()), System.nanoTime());
        assertThatThrownBy(() -> result(bound))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("nearfar.cache.cities.load.hard-timeout, which is 5 ms");
    }

    /** As for the last of many keys: nothing of the hour is left. */
    @Test
    void hardTimeout_countsFromTheInstantThatIsGiven() throws Exception {
        Timeouts<String, String> timeouts = timeouts(Duration.ZERO, Duration.ofHours(1));
        long before = System.nanoTime() - Duration.ofHours(2).toNanos();
        CompletionStage<Loaded<String>> bound = timeouts.bound("k", alone(load()), before);
        assertThatThrownBy(() -> result(bound)).hasMessageContaining("hard-timeout");
        ended();
        assertThat(result(timeouts.bound("k", alone(load()), before)).value().get())
                .isEqualTo("old");
    }
}
