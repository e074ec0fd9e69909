package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.Mode;
import io.nearfar.entry.Lifetime;
import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loads in every mode; with a far tier the second node is another one, without it is the same. */
class LoadCoordinatorTest {
    private static RealRedis redis;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Node here;
    private Node there;

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        here.close();
        there.close();
    }

    private void start(Mode mode) {
        redis.flush();
        here = mode == Mode.NEAR ? Node.near() : Node.over(redis, mode);
        there = mode == Mode.NEAR ? here : Node.over(redis, mode);
    }

    private void start(Mode mode, Duration lease) {
        redis.flush();
        here = mode == Mode.NEAR ? Node.near(lease) : Node.over(redis, mode, lease);
        there = mode == Mode.NEAR ? here : Node.over(redis, mode, lease);
    }

    private String load(Node node, String key, Callable<String> load) throws Exception {
        Loaded<String> loaded = node.loads().getOrLoad(key, () -> kept(node, load.call()), replaced -> Node.eternal());
        return loaded.value() == null ? null : loaded.value().get();
    }

    private static io.nearfar.entry.Value<String> kept(Node node, String value) {
        return value == null ? null : node.values.keep(value);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_missing_loadsOnceAndStores(Mode mode) throws Exception {
        start(mode);
        AtomicInteger calls = new AtomicInteger();
        assertThat(load(here, "a", () -> "v" + calls.incrementAndGet())).isEqualTo("v1");
        assertThat(load(there, "a", () -> "v" + calls.incrementAndGet())).isEqualTo("v1");
        assertThat(there.get("a")).isEqualTo("v1");
        assertThat(here.loads().pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_manyThreadsOnTwoNodes_callsOnce(Mode mode) throws Exception {
        start(mode);
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(1);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            Node node = i % 2 == 0 ? here : there;
            answers.add(threads.submit(() -> load(node, "a", () -> {
                calls.incrementAndGet();
                held.await();
                return "v";
            })));
        }
        await().atMost(SOON).until(() -> calls.get() > 0);
        held.countDown();
        for (Future<String> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("v");
        }
        assertThat(calls).hasValue(1);
    }

    private void overtaken(Mode mode, Runnable meanwhile) throws Exception {
        start(mode);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Future<String> caller = threads.submit(() -> load(here, "a", () -> {
            begun.countDown();
            held.await();
            return "old";
        }));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        meanwhile.run();
        held.countDown();
        assertThat(caller.get(30, TimeUnit.SECONDS)).as("its own caller").isEqualTo("old");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_removedMeanwhileByAnotherNode_isNotStored(Mode mode) throws Exception {
        overtaken(mode, () -> there.remove("a"));
        assertThat(here.get("a")).isNull();
        assertThat(there.get("a")).isNull();
        assertThat(load(there, "a", () -> "fresh")).isEqualTo("fresh");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_clearedMeanwhileByAnotherNode_isNotStored(Mode mode) throws Exception {
        overtaken(mode, () -> there.store().clear());
        assertThat(here.get("a")).isNull();
        assertThat(there.get("a")).isNull();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_writtenMeanwhileByAnotherNode_keepsTheWrite(Mode mode) throws Exception {
        overtaken(mode, () -> there.put("a", "written"));
        assertThat(there.get("a")).isEqualTo("written");
        await().atMost(SOON).untilAsserted(() -> assertThat(here.get("a")).isEqualTo("written"));
    }

    /** A reader that began after the removal must not be given what the load that began before it brings. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_begunAfterARemoval_doesNotJoinTheOlderLoad(Mode mode) throws Exception {
        overtaken(mode, () -> {
            there.remove("a");
            try {
                assertThat(load(here, "a", () -> "fresh")).isEqualTo("fresh");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(there.get("a")).isEqualTo("fresh");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_loadThrows_passesItOnAndFreesTheKey(Mode mode) throws Exception {
        start(mode);
        IOException failure = new IOException("no such table");
        assertThatThrownBy(() -> load(here, "a", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(load(there, "a", () -> "v")).isEqualTo("v");
        assertThat(there.get("a")).as("stored, for the key was free").isEqualTo("v");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_loadReturnsNull_storesNothing(Mode mode) throws Exception {
        start(mode);
        assertThat(load(here, "a", () -> null)).isNull();
        assertThat(there.get("a")).isNull();
        assertThat(load(there, "a", () -> "v")).isEqualTo("v");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_loadComesBackForItsOwnKey_isCalledWithoutLease(Mode mode) throws Exception {
        start(mode);
        assertThat(load(here, "a", () -> load(here, "a", () -> "inner") + "+outer"))
                .isEqualTo("inner+outer");
        assertThat(there.get("a")).isEqualTo("inner+outer");
    }

    /** Two loads that ask for each other's keys: none can be had from the other, so one is called twice. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_loadsThatAskForEachOther_doNotWaitInACircle(Mode mode) throws Exception {
        start(mode);
        CyclicBarrier inside = new CyclicBarrier(2);
        AtomicInteger calls = new AtomicInteger();
        Future<String> a =
                threads.submit(() -> load(here, "a", () -> meet(inside, calls) + load(here, "b", () -> "b")));
        Future<String> b =
                threads.submit(() -> load(here, "b", () -> meet(inside, calls) + load(here, "a", () -> "a")));
        assertThat(List.of(a.get(10, TimeUnit.SECONDS), b.get(10, TimeUnit.SECONDS)))
                .isIn(List.of("+b", "++b"), List.of("++a", "+a"));
        assertThat(WaitGraph.PROCESS.size()).isZero();
    }

    private static String meet(CyclicBarrier inside, AtomicInteger calls) throws Exception {
        if (calls.incrementAndGet() <= 2) {
            inside.await(10, TimeUnit.SECONDS);
        }
        return "+";
    }

    /** In all modes at once, for it takes its time. */
    @Test
    void getOrLoad_loadLongerThanTheLease_isRenewed() throws Exception {
        Duration lease = Duration.ofSeconds(8); // a renewal may come 5.3 s late
        start(Mode.NEAR, lease);
        try (Node far = Node.over(redis, Mode.FAR, lease);
                Node otherFar = Node.over(redis, Mode.FAR, lease);
                Node tiered = Node.over(redis, Mode.TIERED, lease);
                Node otherTiered = Node.over(redis, Mode.TIERED, lease)) {
            List<Future<?>> all = List.of(
                    threads.submit(() -> assertRenewed(here, there, "near", lease)),
                    threads.submit(() -> assertRenewed(far, otherFar, "far", lease)),
                    threads.submit(() -> assertRenewed(tiered, otherTiered, "tiered", lease)));
            for (Future<?> each : all) {
                each.get(120, TimeUnit.SECONDS);
            }
        }
    }

    private Void assertRenewed(Node one, Node other, String key, Duration lease) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        Future<String> slow = threads.submit(() -> load(one, key, () -> {
            calls.incrementAndGet();
            begun.countDown();
            TimeUnit.MILLISECONDS.sleep(lease.plusSeconds(1).toMillis());
            return "slow";
        }));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(load(other, key, () -> "v" + calls.incrementAndGet()))
                .as(key)
                .isEqualTo("slow");
        assertThat(slow.get()).as(key).isEqualTo("slow");
        assertThat(calls).as(key).hasValue(1);
        return null;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void reload_entryThere_replacesItUnlessTouchedMeanwhile(Mode mode) throws Exception {
        start(mode);
        here.put("a", "1");
        here.loads().reload("a", () -> here.values.keep("2"), replaced -> Node.eternal());
        assertThat(here.get("a")).isEqualTo("2");
        Loaded<String> lost = here.loads()
                .reload(
                        "a",
                        () -> {
                            there.put("a", "3");
                            return here.values.keep("4");
                        },
                        replaced -> Node.eternal());
        assertThat(lost.value().get()).isEqualTo("4");
        assertThat(there.get("a")).isEqualTo("3");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void reload_lifetimeIsAskedWithWhatIsReplaced(Mode mode) throws Exception {
        start(mode);
        here.put("a", "1");
        List<String> seen = new ArrayList<>();
        here.loads().reload("a", () -> here.values.keep("2"), replaced -> {
            seen.add(replaced.value().get());
            return Lifetime.of(60_000);
        });
        assertThat(seen).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoadAsync_manyCallers_callOnceAndNeverWaitInTheirThread(Mode mode) throws Exception {
        start(mode);
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<String> source = new CompletableFuture<>();
        List<CompletableFuture<Loaded<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Node node = i % 2 == 0 ? here : there;
            answers.add(node.loads()
                    .getOrLoadAsync(
                            "a",
                            () -> {
                                calls.incrementAndGet();
                                return source.thenApply(node.values::keep);
                            },
                            replaced -> Node.eternal())
                    .toCompletableFuture());
        }
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        source.complete("v");
        for (CompletableFuture<Loaded<String>> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS).value().get()).isEqualTo("v");
        }
        assertThat(calls).hasValue(1);
        assertThat(there.get("a")).isEqualTo("v");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoadAsync_fails_passesTheFailureOnUnwrapped(Mode mode) {
        start(mode);
        IOException failure = new IOException("no such table");
        CompletableFuture<Loaded<String>> answer = here.loads()
                .getOrLoadAsync("a", () -> CompletableFuture.failedFuture(failure), replaced -> Node.eternal())
                .toCompletableFuture();
        assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).hasCause(failure);
        assertThat(here.loads().pending()).isZero();
    }
}
