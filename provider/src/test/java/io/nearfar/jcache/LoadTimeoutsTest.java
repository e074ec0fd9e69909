package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.ContextLoad;
import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller waits for a load no longer than the timeouts say, and what comes of the load is stored all the same. */
@Timeout(120)
class LoadTimeoutsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SOFT = "nearfar.load.soft-timeout";
    private static final String HARD = "nearfar.load.hard-timeout";

    private final CountDownLatch database = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void answer() {
        database.countDown();
    }

    private String slow() throws InterruptedException {
        calls.incrementAndGet();
        database.await();
        return "new";
    }

    private MutableConfiguration<String, String> reading() {
        return ReadingThrough.calling(this::slow);
    }

    private static void ended(NearfarCache<String, String> cache) {
        cache.put("k", "old", EntryOptions.NONE.withTimeToLive(Duration.ofMillis(5)));
        await().atMost(SOON).until(() -> !cache.containsKey("k"));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void slowLoad_isAnsweredWithTheOldValue_andItsResultIsStored(Mode mode) throws Exception {
        try (Application application = Application.in(mode, SOFT, "20ms", "nearfar.grace", "1h");
                Application other = mode == Mode.NEAR ? null : application.another()) {
            NearfarCache<String, String> cache = application.cache(reading());
            NearfarCache<String, String> there = other == null ? cache : other.cache(reading());
            ended(cache);
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.getOrLoad("k", this::slow)).isEqualTo("old");
            assertThat(there.get("k")).isEqualTo("old");
            assertThat(there.getOrLoadAsync("k", () -> CompletableFuture.completedStage("other"))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo("old");
            assertThat(cache.containsKey("k")).isFalse();
            await().atMost(SOON).untilAsserted(() -> assertThat(calls).hasValue(1));
            await().atMost(SOON) // it is counted when it was given
                    .until(() ->
                            cache.figures().graceAnswers() + there.figures().graceAnswers() == (other == null ? 8 : 4));
            database.countDown();
            await().atMost(SOON).until(() -> "new".equals(cache.get("k")) && "new".equals(there.get("k")));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadLongerThanTheHardTimeout_throws_andItsResultIsStored(Mode mode) {
        try (Application application = Application.in(mode, HARD, "20ms")) {
            NearfarCache<String, String> cache = application.cache(reading());
            assertThatThrownBy(() -> cache.get("k"))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageContaining("key k of cache cities")
                    .hasMessageContaining("nearfar.cache.cities.load.hard-timeout, which is 20 ms");
            assertThatThrownBy(() -> cache.getOrLoad("k", this::slow)).isInstanceOf(CacheLoaderException.class);
            assertThatThrownBy(() -> cache.getOrLoadAsync("k", () -> new CompletableFuture<String>())
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CacheLoaderException.class);
            await().atMost(SOON).untilAsserted(() -> assertThat(calls).hasValue(1));
            database.countDown();
            await().atMost(SOON).until(() -> "new".equals(cache.iterator().hasNext() ? cache.get("k") : null));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void hardTimeout_whereAnOldValueIsKept_isAnsweredWithIt(Mode mode) {
        try (Application application = Application.in(mode, HARD, "20ms", "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            ended(cache);
            assertThat(cache.get("k")).isEqualTo("old");
            cache.remove("k");
            assertThatThrownBy(() -> cache.get("k"))
                    .as("what was removed answers nobody")
                    .isInstanceOf(CacheLoaderException.class);
        }
    }

    /** Key after key it would be two minutes. */
    @Test
    void getAll_waitsForAllKeysTogetherNoLongerThanForOne() throws Exception {
        Set<String> keys = IntStream.range(0, 60).mapToObj(i -> "k" + i).collect(Collectors.toSet());
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (Application application = Application.in(Mode.NEAR, HARD, "2s", "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            keys.forEach(key -> cache.put(key, "old", EntryOptions.NONE.withTimeToLive(Duration.ofMillis(5))));
            await().atMost(SOON).until(() -> keys.stream().noneMatch(cache::containsKey));
            Map<String, String> answer = caller.submit(() -> cache.getAll(keys)).get(60, TimeUnit.SECONDS);
            assertThat(answer).hasSize(60).containsValue("old").doesNotContainValue("new");
            database.countDown(); // or closing waits for them
        } finally {
            caller.shutdownNow();
        }
    }

    /** A load that is not slow is as it is without timeouts: value, nothing, and failure. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadInTime_isTheAnswer(Mode mode) throws Exception {
        try (Application application = Application.in(mode, SOFT, "1m", HARD, "2m", "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            assertThat(cache.getOrLoad("k", () -> "new")).isEqualTo("new");
            assertThat(cache.get("k")).isEqualTo("new");
            assertThat(cache.getOrLoad("l", () -> null)).isNull();
            Exception failure = new Exception("checked");
            assertThatThrownBy(() -> cache.getOrLoad("l", () -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThatThrownBy(() -> cache.getOrLoad("l", () -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
            assertThat(cache.getOrLoad("outer", () -> cache.getOrLoad("inner", () -> "inner") + " and outer"))
                    .isEqualTo("inner and outer");
            ended(cache);
            assertThat(cache.getOrLoad("k", () -> {
                        throw new IllegalStateException();
                    }))
                    .isEqualTo("old");
        }
    }

    @Test
    void loadThatNeedsItsCaller_runsInItsThread() throws Exception {
        try (Application application = Application.in(Mode.NEAR, SOFT, "1m", HARD, "2m")) {
            NearfarCache<String, Thread> cache =
                    application.cache(new MutableConfiguration<String, Thread>().setStoreByValue(false));
            ContextLoad<Thread> bound = new ContextLoad<>() {
                @Override
                public Thread load(LoadContext context) {
                    return Thread.currentThread();
                }

                @Override
                public boolean mayRunLater() {
                    return false;
                }
            };
            assertThat(cache.getOrLoad("k", bound)).isSameAs(Thread.currentThread());
            assertThat(cache.getOrLoad("l", context -> Thread.currentThread())).isNotSameAs(Thread.currentThread());
        }
    }
}
