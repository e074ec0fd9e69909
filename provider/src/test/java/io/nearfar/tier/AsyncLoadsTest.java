package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.Mode;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What asynchronous loads that wait do to others, and what becomes of them. */
class AsyncLoadsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TextFormat values = new TextFormat();
    private final CountDownLatch farAnswers = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();

    /** A far tier in which one key can be loaded and all others are being loaded elsewhere, until it answers no more. */
    @SuppressWarnings("unchecked") // the proxy is of the interface that is asked for
    private EntryStore<String, String> hangingFar() {
        return (EntryStore<String, String>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntryStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("lease")) {
                        return lease((String) arguments[0]);
                    }
                    return method.getName().equals("renew") ? renewals.incrementAndGet() > 0 : null;
                });
    }

    private Lease<String> lease(String key) throws InterruptedException {
        if (key.equals("mine")) {
            return new Lease.Granted<>(new Version(1, 1));
        }
        if (Thread.currentThread().getName().startsWith("nearfar-")) {
            hanging.incrementAndGet();
            farAnswers.await();
        }
        return new Lease.Held<>(new Version(2, 2), 1);
    }

    @Test
    void waitingLoads_whoseFarCallsHang_holdUpNeitherRenewalsNorTimers() throws Exception {
        try (Threads threads = Threads.create()) {
            LoadCoordinator<String, String> loads = new LoadCoordinator<>(
                    hangingFar(),
                    Node.leasing(Duration.ofMillis(30)),
                    new CacheSignals("cities"),
                    new LocalClock(),
                    threads);
            CompletableFuture<Value<String>> mine = new CompletableFuture<>();
            loads.getOrLoadAsync("mine", () -> mine, replaced -> Node.eternal());
            for (int i = 0; i < 100; i++) {
                loads.getOrLoadAsync("other" + i, CompletableFuture::new, replaced -> Node.eternal());
            }
            await().atMost(SOON).until(() -> hanging.get() >= 2);
            int before = renewals.get();
            await().atMost(SOON).until(() -> renewals.get() > before + 2);
            CountDownLatch ticked = new CountDownLatch(1);
            threads.timer().schedule(ticked::countDown, 1, TimeUnit.MILLISECONDS);
            assertThat(ticked.await(10, TimeUnit.SECONDS)).isTrue();
            farAnswers.countDown();
        }
    }

    private Node here;
    private Node there;

    private void start(RealRedis redis) {
        here = Node.over(redis, Mode.TIERED);
        there = Node.over(redis, Mode.TIERED);
    }

    private CompletableFuture<Loaded<String>> load(Supplier<CompletableFuture<Value<String>>> load) {
        return here.loads()
                .getOrLoadAsync("a", load, replaced -> Node.eternal())
                .toCompletableFuture();
    }

    @Test
    void waitingLoad_whoseManagerCloses_isAnswered() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            start(redis);
            assertThat(there.store().lease("a", 60_000)).isInstanceOf(Lease.Granted.class);
            CompletableFuture<Loaded<String>> waiting =
                    load(() -> CompletableFuture.completedFuture(values.keep("mine")));
            here.close();
            assertThat(waiting.get(10, TimeUnit.SECONDS).value().get()).isEqualTo("mine");
            there.close();
        }
    }

    @Test
    void load_thatEndsAfterItsManagerHasClosed_isAnswered() {
        try (RealRedis redis = RealRedis.start()) {
            start(redis);
            CompletableFuture<Value<String>> source = new CompletableFuture<>();
            CompletableFuture<Loaded<String>> waiting = load(() -> source);
            here.close();
            source.complete(values.keep("mine"));
            await().atMost(SOON).until(waiting::isDone);
            there.close();
        }
    }

    @Test
    void waitingLoad_isCalledUnderTheClassLoaderOfItsCaller() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
        try (RealRedis redis = RealRedis.start();
                URLClassLoader application = new URLClassLoader(new URL[0])) {
            start(redis);
            Lease.Granted<String> held = (Lease.Granted<String>) there.store().lease("a", 60_000);
            Thread.currentThread().setContextClassLoader(application);
            load(() -> {
                seen.complete(Thread.currentThread().getContextClassLoader());
                return CompletableFuture.completedFuture(null);
            });
            assertThat(seen).isNotDone();
            there.store().release("a", held.version());
            assertThat(seen.get(10, TimeUnit.SECONDS)).isSameAs(application);
            here.close();
            there.close();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
