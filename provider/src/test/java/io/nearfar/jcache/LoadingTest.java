package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loads by the cache's loader and by callers' functions: once at a time, and never over what came later. */
class LoadingTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final CountingLoader loader = new CountingLoader();

    /** Loads {@code v} and a number that rises with each call; nothing for keys that begin with "none". */
    private static final class CountingLoader implements CacheLoader<String, String> {
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger bulks = new AtomicInteger();
        private volatile Runnable before = () -> {};

        @Override
        public String load(String key) {
            before.run();
            int call = calls.incrementAndGet();
            return key.startsWith("none") ? null : "v" + call;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            bulks.incrementAndGet();
            Map<String, String> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }
    }

    private MutableConfiguration<String, String> reading() {
        return new MutableConfiguration<String, String>()
                .setReadThrough(true)
                .setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(loader));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void manyThreads_thatMissTheSameKey_loadItOnce(Mode mode) throws Exception {
        loader.before = () -> pause(50);
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            ManyThreadsTest.all(thread -> () -> {
                assertThat(cache.get("k")).isEqualTo("v1");
                return List.of();
            });
            assertThat(loader.calls).hasValue(1);
            assertThat(cache.figures().loads()).isEqualTo(1);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void load_duringWhichTheKeyIsTouched_answersItsCallerAndNobodyLater(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            List<Runnable> touches = List.of(
                    () -> cache.remove("k"),
                    cache::clear,
                    cache::removeAll,
                    () -> cache.removeAll(Set.of("k")),
                    () -> cache.invoke("k", (entry, arguments) -> {
                        entry.remove();
                        return null;
                    }));
            for (Runnable touch : touches) {
                int before = loader.calls.get();
                loader.before = touch;
                assertThat(cache.get("k")).isEqualTo("v" + (before + 1));
                loader.before = () -> {};
                assertThat(cache.containsKey("k")).isFalse();
            }
            loader.before = () -> cache.put("k", "newer");
            cache.get("k");
            assertThat(cache.get("k")).isEqualTo("newer");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadAll_callsTheLoaderOnceForWhatIsMissing(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.put("there", "old");
            CompletionListenerFuture missing = new CompletionListenerFuture();
            cache.loadAll(Set.of("there", "a", "b", "none"), false, missing);
            missing.get(30, TimeUnit.SECONDS);
            assertThat(loader.bulks).hasValue(1);
            assertThat(loader.calls).hasValue(3);
            assertThat(cache.get("there")).isEqualTo("old");
            assertThat(cache.containsKey("a")).isTrue();
            assertThat(cache.containsKey("none")).isFalse();
            CompletionListenerFuture all = new CompletionListenerFuture();
            cache.loadAll(Set.of("there", "a"), true, all);
            all.get(30, TimeUnit.SECONDS);
            assertThat(loader.bulks).hasValue(2);
            assertThat(cache.get("there")).isIn("v4", "v5");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadAll_duringWhichAKeyIsTouched_doesNotStoreIt(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.put("there", "old");
            loader.before = () -> {
                cache.remove("a");
                cache.put("there", "newer");
            };
            CompletionListenerFuture done = new CompletionListenerFuture();
            cache.loadAll(Set.of("a", "there"), true, done);
            done.get(30, TimeUnit.SECONDS);
            assertThat(cache.containsKey("a")).isFalse();
            assertThat(cache.get("there")).isEqualTo("newer");
        }
    }

    @Test
    void loaderThatFails_isWrappedOnceAndReachesWhoeverWaits() {
        loader.before = () -> {
            throw new IllegalStateException("no database");
        };
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache(reading());
            assertThatExceptionOfType(CacheLoaderException.class)
                    .isThrownBy(() -> cache.get("k"))
                    .withRootCauseInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()))
                    .isInstanceOf(CacheLoaderException.class);
            CompletionListenerFuture done = new CompletionListenerFuture();
            cache.loadAll(Set.of("k"), false, done);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> done.get(30, TimeUnit.SECONDS))
                    .withCauseInstanceOf(CacheLoaderException.class);
            loader.before = () -> {};
            assertThat(cache.get("k")).isEqualTo("v1");
        }
    }

    @Test
    void loadAll_ofACacheThatCloses_ends() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache(reading());
            loader.before = cache::close;
            CompletionListenerFuture done = new CompletionListenerFuture();
            cache.loadAll(Set.of("k"), false, done);
            assertThat(done).satisfies(future -> future.get(30, TimeUnit.SECONDS));
        }
    }

    /** Eight threads of bulk loads are busy: the ninth load begins when the application has closed what its loader needs. */
    @Test
    void loadAll_thatHasNotBegunWhenTheCacheIsClosed_doesNotCallTheLoader() throws Exception {
        CompletableFuture<Void> held = new CompletableFuture<>();
        loader.before = held::join;
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache(reading());
            List<CompletionListenerFuture> ends = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                CompletionListenerFuture end = new CompletionListenerFuture();
                cache.loadAll(Set.of("k" + i), false, end);
                ends.add(end);
            }
            await().atMost(SOON).until(() -> loader.bulks.get() == 8);
            cache.close();
            held.complete(null);
            for (CompletionListenerFuture end : ends.subList(0, 8)) {
                end.get(SOON.toSeconds(), TimeUnit.SECONDS);
            }
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> ends.get(8).get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining("closed");
            assertThat(loader.bulks.get()).isEqualTo(8);
        }
    }

    /**
     * All threads of bulk loads wait for one key that is not found, and more such loads wait for a thread: whoever waits loads
     * it, or nobody would.
     */
    @Test
    void loadAlls_thatWaitForAKeyThatIsNotFound_end() throws Exception {
        CompletableFuture<Void> held = new CompletableFuture<>();
        loader.before = held::join;
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache(reading());
            List<CompletionListenerFuture> ends = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                CompletionListenerFuture end = new CompletionListenerFuture();
                cache.loadAll(Set.of("none"), false, end);
                ends.add(end);
            }
            await().atMost(SOON).until(() -> loader.bulks.get() > 0);
            held.complete(null);
            for (CompletionListenerFuture end : ends) {
                end.get(SOON.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(loader.calls.get()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void processor_thatReadsThrough_goesOnFromWhatWasLoaded(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            String answer = cache.invoke("k", (entry, arguments) -> {
                String loaded = entry.getValue();
                entry.setValue(loaded + "!");
                return loaded;
            });
            assertThat(answer).isEqualTo("v1");
            assertThat(cache.get("k")).isEqualTo("v1!");
            assertThat(loader.calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void processor_whoseLoadedValueWasInvalidatedMeanwhile_runsAgain(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            loader.before = () -> {
                if (loader.calls.get() == 0) {
                    cache.clear();
                }
            };
            cache.invoke("k", (entry, arguments) -> {
                entry.setValue(entry.getValue() + "!");
                return null;
            });
            assertThat(cache.get("k")).isEqualTo("v2!");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoad_callsOnceAndStores(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            AtomicInteger calls = new AtomicInteger();
            Callable<String> load = () -> "v" + calls.incrementAndGet();
            assertThat(cache.getOrLoad("k", load)).isEqualTo("v1");
            assertThat(cache.getOrLoad("k", load)).isEqualTo("v1");
            assertThat(cache.reload("k", load)).isEqualTo("v2");
            assertThat(cache.get("k")).isEqualTo("v2");
            assertThat(cache.getOrLoad("none", () -> null)).isNull();
            assertThat(cache.containsKey("none")).isFalse();
            assertThat(cache.figures().loads()).isEqualTo(3);
        }
    }

    @Test
    void getOrLoad_thatFails_throwsWhatTheCallThrewUnchanged() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            IOException thrown = new IOException("no database");
            assertThatThrownBy(() -> cache.getOrLoad("k", () -> {
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrLoadAsync_storesTheValueNotTheStage(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            CompletableFuture<String> pending = new CompletableFuture<>();
            CompletableFuture<String> first =
                    cache.getOrLoadAsync("k", () -> pending).toCompletableFuture();
            CompletableFuture<String> joined = cache.getOrLoadAsync("k", () -> {
                        throw new AssertionError("a second load");
                    })
                    .toCompletableFuture();
            assertThat(first).isNotDone();
            pending.complete("v1");
            assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("v1");
            assertThat(joined.get(30, TimeUnit.SECONDS)).isEqualTo("v1");
            assertThat(cache.get("k")).isEqualTo("v1");
            assertThat(cache.reloadAsync("k", () -> CompletableFuture.completedFuture("v2"))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo("v2");
            assertThat(cache.get("k")).isEqualTo("v2");
        }
    }

    @Test
    void asyncLoad_thatFails_completesExceptionallyWithWhatWasThrown() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            IOException thrown = new IOException("no database");
            assertThatThrownBy(() -> cache.getOrLoadAsync("k", () -> CompletableFuture.failedFuture(thrown))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .hasCause(thrown);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loads_areToldToListenersInOrder(Mode mode) throws Exception {
        RecordingListener listener = new RecordingListener();
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache =
                    application.cache(reading().addCacheEntryListenerConfiguration(listener.configured(true, true)));
            cache.get("k");
            cache.reload("k", () -> "reloaded");
            cache.getOrLoad("l", () -> "loaded");
            cache.getOrLoadAsync("m", () -> CompletableFuture.completedFuture("loaded"))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            CompletionListenerFuture done = new CompletionListenerFuture();
            cache.loadAll(Set.of("n"), false, done);
            done.get(30, TimeUnit.SECONDS);
            assertThat(listener.told)
                    .containsExactly(
                            "CREATED k null v1",
                            "UPDATED k v1 reloaded",
                            "CREATED l null loaded",
                            "CREATED m null loaded",
                            "CREATED n null v2");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void getOrDefault_answersWhatIsThereOrCanBeLoaded_andStoresNothing(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.put("there", "v");
            assertThat(cache.getOrDefault("there", "default")).isEqualTo("v");
            assertThat(cache.getOrDefault("k", "default")).isEqualTo("v1");
            assertThat(cache.getOrDefault("none", "default")).isEqualTo("default");
            assertThat(cache.containsKey("none")).isFalse();
            assertThatThrownBy(() -> cache.getOrDefault("there", null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("null");
        }
    }

    @Test
    void loadAll_withoutALoader_completesAtOnce() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            CompletionListenerFuture done = new CompletionListenerFuture();
            cache.loadAll(Set.of("k"), false, done);
            assertThat(done.isDone()).isTrue();
        }
    }

    @Test
    void loaderWhoseFactoryMakesNull_failsTheCreationAndNamesTheFactory() {
        try (Application application = Application.in(Mode.NEAR)) {
            assertThatExceptionOfType(CacheException.class)
                    .isThrownBy(() -> application.cache(
                            new MutableConfiguration<String, String>().setCacheLoaderFactory(() -> null)))
                    .withMessageContaining("cache loader of cache cities made null");
            assertThat(application.manager().getCacheNames()).isEmpty();
        }
    }
}
