package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.TextFormat;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loads with tags, each of which is ended by an invalidation before it is stored: they still answer those who wait. */
class VoidedLoadsTest {
    private static final int WAITING = 32;

    /** One for those who asked before it began, and a few more for threads that are late. */
    private static final int FEW = 4;

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TextFormat values = new TextFormat();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Threads threads = Threads.create();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch further = new CountDownLatch(1);
    private final LoadCoordinator<String, String> loads = new LoadCoordinator<>(
            voiding(), Node.leasing(Duration.ofMinutes(1)), new CacheSignals("cities"), new LocalClock(), threads);
    private @Nullable Version holder;

    private final Storing<String> tagged = new Storing<>() {
        @Override
        public Lifetime lifetime(@Nullable Entry<String> replaced) {
            return Node.eternal();
        }

        @Override
        public Attributes attributes() {
            return Attributes.of(List.of("red"), Attributes.AS_CONFIGURED);
        }
    };

    /** A far tier in which no loaded value is stored. */
    @SuppressWarnings("unchecked") // the proxy is of the interface that is asked for
    private EntryStore<String, String> voiding() {
        return (EntryStore<String, String>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EntryStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "lease" -> lease();
                    case "renew" -> true;
                    default -> ended();
                });
    }

    private synchronized Lease<String> lease() {
        int number = asked.incrementAndGet();
        if (holder != null) {
            return new Lease.Held<>(holder, 1_000);
        }
        holder = new Version(number, number);
        return new Lease.Granted<>(holder);
    }

    private synchronized Reply<String> ended() {
        Version version = holder;
        holder = null;
        return new Reply<>(true, false, null, null, version);
    }

    @AfterEach
    void stop() {
        first.countDown();
        further.countDown();
        callers.shutdownNow();
        threads.close();
    }

    /** Waits until so many have asked, and a little longer: who has asked begins to wait a moment later. */
    private void awaitAsked(int times) {
        await().atMost(SOON).until(() -> asked.get() >= times);
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
    }

    private @Nullable String load(@Nullable String value) throws Exception {
        Loaded<String> loaded = loads.getOrLoad("a", () -> loadSlowly(value), tagged);
        return loaded.value() == null ? null : loaded.value().get();
    }

    private @Nullable Value<String> loadSlowly(@Nullable String value) throws InterruptedException {
        (calls.incrementAndGet() == 1 ? first : further).await();
        return value == null ? null : values.keep(value);
    }

    private List<Future<String>> callers() {
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i <= WAITING; i++) {
            answers.add(callers.submit(() -> load("v")));
        }
        return answers;
    }

    @Test
    void threadsThatWait_areAnsweredByTheNextLoad() throws Exception {
        List<Future<String>> answers = callers();
        awaitAsked(WAITING + 1);
        first.countDown();
        awaitAsked(2 * WAITING + 1);
        further.countDown();
        for (Future<String> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("v");
        }
        assertThat(calls.get()).isLessThanOrEqualTo(1 + FEW);
    }

    @Test
    void stagesThatWait_areAnsweredByTheNextLoad() throws Exception {
        List<CompletableFuture<Value<String>>> results = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        List<CompletableFuture<Loaded<String>>> answers = new ArrayList<>();
        for (int i = 0; i <= WAITING; i++) {
            answers.add(loads.getOrLoadAsync("a", () -> results.get(Math.min(1, calls.getAndIncrement())), tagged)
                    .toCompletableFuture());
        }
        results.get(0).complete(values.keep("v"));
        awaitAsked(2 * WAITING + 1);
        results.get(1).complete(values.keep("v"));
        for (CompletableFuture<Loaded<String>> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS).value().get()).isEqualTo("v");
        }
        assertThat(calls.get()).isLessThanOrEqualTo(1 + FEW);
    }

    /** What a load did not find may have been made, and told by an invalidation, before another caller asked. */
    @Test
    void nothing_isNoAnswerForWhoAskedAfterTheLoadHadBegun() throws Exception {
        further.countDown();
        Future<String> early = callers.submit(() -> load(null));
        await().atMost(SOON).until(() -> calls.get() == 1);
        Future<String> late = callers.submit(() -> load("v"));
        awaitAsked(2);
        first.countDown();
        assertThat(early.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo("v");
    }
}
