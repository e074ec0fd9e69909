package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A load that fails is answered with the value whose time is over, as long as its grace lasts and nobody has invalidated it. */
class FailSafeTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration AHEAD = Duration.ofMillis(50);
    private static final EntryOptions BRIEF = EntryOptions.NONE.withTimeToLive(Duration.ofMillis(5));
    private static final Callable<String> FAILING = () -> {
        throw new IllegalStateException("the database is away");
    };
    private static final String[] SETTINGS = {
        "nearfar.cache.cities.ttl", "20ms", "nearfar.grace", "1h", "nearfar.fail-safe.throttle", "1h"
    };

    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean failing;

    private MutableConfiguration<String, String> reading() {
        CacheLoader<String, String> loader = new CacheLoader<>() {
            @Override
            public String load(String key) {
                int call = calls.incrementAndGet();
                if (failing) {
                    throw new IllegalStateException("the database is away");
                }
                return "v" + call;
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                return Map.of("k", load("k"));
            }
        };
        return new MutableConfiguration<String, String>().setReadThrough(true).setCacheLoaderFactory(() -> loader);
    }

    /** A node's idea of the server's time may be ahead of it by a part of a round trip; what has ended must have there too. */
    private static void awaitEnd(NearfarCache<String, String> cache, String key) {
        await().atMost(SOON).until(() -> !cache.containsKey(key));
        await().atMost(SOON).pollDelay(AHEAD).until(() -> !cache.containsKey(key));
    }

    /** Leaves an entry that has ended and is in its grace. */
    private static void ended(NearfarCache<String, String> cache, String key, String... tags) {
        cache.put(key, "old", BRIEF.withTags(tags));
        awaitEnd(cache, key);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void failedLoad_isAnsweredWithTheOldValue_onAllNodes(Mode mode) throws Exception {
        try (Application application = Application.in(mode, SETTINGS);
                Application other = mode == Mode.NEAR ? null : application.another()) {
            NearfarCache<String, String> cache = application.cache(reading());
            NearfarCache<String, String> there = other == null ? cache : other.cache(reading());
            assertThat(cache.get("k")).isEqualTo("v1");
            failing = true;
            awaitEnd(cache, "k");
            assertThat(cache.get("k")).isEqualTo("v1");
            assertThat(calls).hasValue(2);
            assertThat(cache.figures().graceAnswers()).isEqualTo(1);

            assertThat(cache.get("k")).isEqualTo("v1");
            assertThat(there.get("k")).isEqualTo("v1");
            assertThat(there.getAll(Set.of("k"))).containsEntry("k", "v1");
            assertThat(there.getOrLoad("k", FAILING)).isEqualTo("v1");
            assertThat(there.getOrLoadAsync("k", () -> CompletableFuture.failedStage(new IllegalStateException()))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo("v1");
            loadAll(there);
            assertThat(calls).as("nobody asks again so soon, on no node").hasValue(2);
            assertThat(there.containsKey("k")).isFalse();
        }
    }

    private static void loadAll(NearfarCache<String, String> cache) throws Exception {
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(Set.of("k"), false, done);
        done.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyKindOfLoad_isAnsweredWhenItFails(Mode mode) throws Exception {
        try (Application application = Application.in(mode, "nearfar.grace", "1h", "nearfar.fail-safe.throttle", "0")) {
            NearfarCache<String, String> cache = application.cache(reading());
            failing = true;
            ended(cache, "k");
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.getAll(Set.of("k"))).containsEntry("k", "old");
            assertThat(cache.getOrLoad("k", FAILING)).isEqualTo("old");
            assertThat(cache.getOrLoadAsync("k", () -> CompletableFuture.failedStage(new IllegalStateException()))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo("old");
            loadAll(cache);
            assertThat(cache.<String>invoke("k", (entry, arguments) -> entry.getValue()))
                    .isEqualTo("old");
            assertThat(calls).as("each of them asks").hasValue(4);
            assertThat(cache.figures().graceAnswers()).isEqualTo(6);
            failing = false;
            assertThat(cache.get("k")).isEqualTo("v5");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsKept_isNotThereForAnyOtherOperation(Mode mode) {
        try (Application application = Application.in(mode, SETTINGS)) {
            NearfarCache<String, String> cache = application.cache();
            List<Consumer<String>> operations = List.of(
                    key -> assertThat(cache.get(key)).isNull(),
                    key -> assertThat(cache.getAll(Set.of(key))).isEmpty(),
                    key -> assertThat(cache.containsKey(key)).isFalse(),
                    key -> assertThat(cache.iterator().hasNext()).isFalse(),
                    key -> assertThat(cache.replace(key, "new")).isFalse(),
                    key -> assertThat(cache.replace(key, "old", "new")).isFalse(),
                    key -> assertThat(cache.getAndReplace(key, "new")).isNull(),
                    key -> assertThat(cache.remove(key, "old")).isFalse(),
                    key -> assertThat(cache.remove(key)).isFalse(),
                    key -> assertThat(cache.getAndRemove(key)).isNull(),
                    key -> assertThat(cache.getAndPut(key, "new")).isNull(),
                    key -> assertThat(cache.putIfAbsent(key, "new")).isTrue(),
                    key -> assertThat(cache.<Boolean>invoke(key, (entry, arguments) -> entry.exists()))
                            .isFalse());
            for (int i = 0; i < operations.size(); i++) {
                cache.removeAll();
                ended(cache, "k" + i);
                operations.get(i).accept("k" + i);
            }
            assertThat(cache.figures().graceAnswers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whateverInvalidatesTheKey_onAnyNode_endsIt(Mode mode) {
        try (Application application = Application.in(mode, SETTINGS);
                Application other = mode == Mode.NEAR ? null : application.another()) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> there = other == null ? cache : other.cache();
            List<Runnable> changes = List.of(
                    () -> there.remove("k"),
                    () -> there.getAndRemove("k"),
                    () -> there.removeAll(Set.of("k")),
                    there::removeAll,
                    there::clear,
                    () -> there.invalidateTag("red"),
                    () -> there.invalidatePrefix("k"),
                    () -> there.invoke("k", (entry, arguments) -> {
                        entry.remove();
                        return null;
                    }));
            for (Runnable change : changes) {
                ended(cache, "k", "red");
                change.run();
                assertThatThrownBy(() -> cache.getOrLoad("k", FAILING)).hasMessage("the database is away");
                ended(cache, "k", "red");
                assertThatThrownBy(() -> cache.getOrLoad("k", () -> {
                            change.run();
                            return FAILING.call();
                        }))
                        .as("while it loads")
                        .hasMessage("the database is away");
                ended(cache, "k", "red");
                assertThat(answer(cache)).isEqualTo("old");
                change.run();
                assertThatThrownBy(() -> cache.getOrLoad("k", FAILING))
                        .as("while it answers")
                        .hasMessage("the database is away");
            }
        }
    }

    private static String answer(NearfarCache<String, String> cache) {
        try {
            return cache.getOrLoad("k", FAILING);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void optionsOfAWrite_comeBeforeTheSetting(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            ended(cache, "k");
            assertThatThrownBy(() -> cache.getOrLoad("k", FAILING)).hasMessage("the database is away");
            cache.put("k", "old", BRIEF.withGrace(Duration.ofHours(1)));
            awaitEnd(cache, "k");
            assertThat(cache.getOrLoad("k", FAILING)).isEqualTo("old");
        }
        try (Application application = Application.in(mode, SETTINGS)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "old", BRIEF.withGrace(Duration.ZERO));
            awaitEnd(cache, "k");
            assertThatThrownBy(() -> cache.getOrLoad("k", FAILING)).hasMessage("the database is away");
            cache.getOrLoad("l", context -> {
                context.setOptions(BRIEF.withGrace(Duration.ofMillis(1)));
                return "old";
            });
            await().atMost(SOON).until(() -> fails(cache, "l"));
        }
    }

    private static boolean fails(NearfarCache<String, String> cache, String key) {
        try {
            cache.getOrLoad(key, FAILING);
            return false;
        } catch (Exception e) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadThatFindsNothing_endsIt(Mode mode) throws Exception {
        try (Application application = Application.in(mode, SETTINGS)) {
            NearfarCache<String, String> cache = application.cache();
            ended(cache, "k");
            assertThat(cache.getOrLoad("k", () -> null)).isNull();
            assertThatThrownBy(() -> cache.getOrLoad("k", FAILING)).hasMessage("the database is away");
        }
    }

    /** A reload wants what is new, and others the old value all the same. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void reload_thatFails_throws_andLeavesWhatIsKept(Mode mode) throws Exception {
        try (CapturedLog log = new CapturedLog();
                Application application = Application.in(mode, SETTINGS)) {
            NearfarCache<String, String> cache = application.cache();
            ended(cache, "k");
            assertThatThrownBy(() -> cache.reload("k", FAILING)).hasMessage("the database is away");
            assertThat(cache.figures().graceAnswers()).as("nobody was answered").isZero();
            assertThat(log.lines("NF0514")).isEmpty();
            assertThat(cache.getOrLoad("k", () -> "too soon")).isEqualTo("old");
            assertThat(cache.figures().graceAnswers()).isOne();
            assertThatThrownBy(() -> cache.reloadAsync("k", () -> CompletableFuture.failedStage(new Exception()))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);
            assertThat(cache.figures().graceAnswers()).isOne();
            assertThat(cache.reload("k", () -> "new")).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void errorsAndInterruptions_areNotHidden(Mode mode) throws Exception {
        try (Application application = Application.in(mode, "nearfar.grace", "1h", "nearfar.fail-safe.throttle", "0")) {
            NearfarCache<String, String> cache = application.cache();
            ended(cache, "k");
            assertThatThrownBy(() -> cache.getOrLoad("k", () -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> cache.getOrLoad("k", () -> {
                        throw new InterruptedException();
                    }))
                    .isInstanceOf(InterruptedException.class);
            assertThat(cache.getOrLoad("k", FAILING)).isEqualTo("old");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void fallback_answersWhereNobodyElseDoes(Mode mode) {
        try (Application application = Application.in(mode, SETTINGS)) {
            NearfarCache<String, String> cache = application.cache();
            assertThat(cache.getOrLoad("l", FAILING, Throwable::getMessage)).isEqualTo("the database is away");
            assertThat(cache.containsKey("l")).isFalse();
            assertThat(cache.getOrLoad("l", () -> null, failure -> "fallback")).isNull();
            ended(cache, "k");
            assertThat(cache.getOrLoad("k", FAILING, failure -> "fallback")).isEqualTo("old");
            assertThat(cache.getOrLoad("m", context -> "new", failure -> "fallback"))
                    .isEqualTo("new");
            cache.getOrLoad(
                    "n",
                    () -> {
                        throw new InterruptedException();
                    },
                    failure -> "fallback");
            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(() -> cache.getOrLoad(
                            "n",
                            () -> {
                                throw new StackOverflowError();
                            },
                            failure -> "fallback"))
                    .isInstanceOf(StackOverflowError.class);
            cache.close();
            assertThatThrownBy(() -> cache.getOrLoad("n", FAILING, failure -> "fallback"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void withoutGrace_theFailureIsTheAnswer() {
        try (Application application = Application.in(Mode.TIERED, "nearfar.cache.cities.ttl", "20ms")) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.get("k");
            failing = true;
            awaitEnd(cache, "k");
            assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void allWhoWaitForALoadThatFails_areAnswered(Mode mode) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Application application = Application.in(mode, SETTINGS);
                Application other = mode == Mode.NEAR ? null : application.another()) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> there = other == null ? cache : other.cache();
            ended(cache, "k", "red");
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            List<Future<String>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> cache.getOrLoad("k", () -> {
                calls.incrementAndGet();
                begun.countDown();
                end.await();
                return FAILING.call();
            })));
            begun.await();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> cache.getOrLoad("k", this::counted)));
                answers.add(threads.submit(() -> there.getOrLoad("k", this::counted)));
            }
            end.countDown();
            for (Future<String> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("old");
            }
            assertThat(calls).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private String counted() throws Exception {
        calls.incrementAndGet();
        return FAILING.call();
    }
}
