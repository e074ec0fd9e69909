package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.InvalidationPace;
import io.nearfar.NearfarCache;
import io.nearfar.PatternInvalidation;
import io.nearfar.ReadableKey;
import io.nearfar.config.Mode;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.TestSettings;
import io.nearfar.near.LocalStore;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.Application;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Patterns and prefixes, through the cache itself. */
@Timeout(120)
class PatternsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Executor THREADS = task -> new Thread(task, "patterns").start();

    @ParameterizedTest
    @EnumSource(Mode.class)
    void keys_areMatchedByWhatAPersonReads(Mode mode) {
        try (Application one = Application.in(mode)) {
            NearfarCache<Object, String> cache = one.cache();
            UUID id = UUID.randomUUID();
            List<Object> keys = List.of("feed:42", 42, 42L, 420, List.of(42, "30d"), id, "long" + "g".repeat(300));
            keys.forEach(key -> cache.put(key, "v"));
            assertThat(cache.invalidatePattern("42")).isEqualTo(2);
            assertThat(cache.invalidatePattern("42:*")).isEqualTo(1);
            assertThat(cache.invalidatePrefix(id.toString())).isEqualTo(1);
            assertThat(cache.invalidatePattern("long*")).isZero();
            assertThat(cache.get(420)).isEqualTo("v");
            assertThat(cache.get("feed:42")).isEqualTo("v");
            assertThat(cache.get(42)).isNull();
            assertThat(cache.get(List.of(42, "30d"))).isNull();
            assertThat(cache.invalidatePrefix("")).isEqualTo(3);
        }
    }

    @Test
    void keys_areMatchedLikewise_whereTheyAreKeptByReference() {
        try (Application one = Application.in(Mode.NEAR)) {
            NearfarCache<Object, Object> cache = one.cache(new MutableConfiguration<>().setStoreByValue(false));
            Object opaque = new Object();
            ReadableKey parts = () -> List.of("feed", 42);
            List.of("feed:42", 42, List.of(42, "30d"), parts, "long" + "g".repeat(300), opaque)
                    .forEach(key -> cache.put(key, "v"));
            assertThat(cache.invalidatePattern("42*")).isEqualTo(2);
            assertThat(cache.invalidatePrefix("feed:")).isEqualTo(2);
            assertThat(cache.invalidatePattern("long*")).isZero();
            assertThat(cache.get(opaque)).isEqualTo("v");
            assertThat(cache.invalidatePattern("*")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void prefix_meansItself(Mode mode) {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            for (String key : List.of("a*b:1", "aab:1", "a*b", "A*b:2")) {
                cache.put(key, "v");
            }
            assertThat(cache.invalidatePrefix("a*b")).isEqualTo(2);
            assertThat(cache).extracting(entry -> entry.getKey()).containsExactlyInAnyOrder("aab:1", "A*b:2");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void load_thatBeganBefore_isReturnedAndNotStored(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            cache.put("feed:2", "old");
            CountDownLatch begun = new CountDownLatch(2);
            CountDownLatch goOn = new CountDownLatch(1);
            CompletableFuture<String> load = begun(() -> cache.getOrLoad("feed:1", () -> held(begun, goOn)));
            CompletableFuture<String> reload = begun(() -> cache.reload("feed:2", () -> held(begun, goOn)));
            begun.await();
            cache.invalidatePattern("feed:?");
            goOn.countDown();
            assertThat(load.get(30, TimeUnit.SECONDS)).isEqualTo("before");
            assertThat(reload.get(30, TimeUnit.SECONDS)).isEqualTo("before");
            assertThat(cache.get("feed:1")).isNull();
            assertThat(cache.get("feed:2")).isNull();
            assertThat(cache.getOrLoad("feed:1", () -> "after")).isEqualTo("after");
            assertThat(cache.get("feed:1")).isEqualTo("after");
        }
    }

    /** In the store of a cache that was destroyed it would make anew what it needs. */
    @Test
    void tag_whoseTurnComesWhenTheCacheIsClosed_isNotInvalidated() {
        LocalStore<String, String> store = new LocalStore<>(
                TestSettings.limitedTo(1_000),
                key -> key,
                TextKeys::matching,
                nanos -> nanos / 1_000,
                new CacheSignals("cities"));
        Attributes red = Attributes.of(List.of("red"), Attributes.AS_CONFIGURED);
        store.apply(
                "feed:1",
                Change.write(new TextFormat().keep("v"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false)
                        .with(red));
        List<Runnable> waiting = new ArrayList<>();
        PatternInvalidation started;
        try (Patterns patterns = new Patterns("cities", store, waiting::add, InvalidationPace.DEFAULT)) {
            started = patterns.startTag("feed:*", "red", Ending.HARD);
        }
        waiting.forEach(Runnable::run);
        assertThat(store.read("feed:1", Freshness.NEAR)).isNotNull();
        assertThat(started.isCancelled()).isTrue();
        assertThat(started.done().toCompletableFuture()).isCompletedWithValue(0L);
    }

    private static String held(CountDownLatch begun, CountDownLatch goOn) throws InterruptedException {
        begun.countDown();
        goOn.await();
        return "before";
    }

    /** Has something done in a thread of its own: the common pool may have a single one. */
    private static CompletableFuture<String> begun(Callable<String> call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                THREADS);
    }

    /** What a reader sees after an invalidation has returned was loaded after it began. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void loadsOnTwoNodes_whileAThirdThreadInvalidates_areNeverOlderThanIt(Mode mode) throws Exception {
        try (Application one = Application.in(mode);
                Application two = one.another()) {
            NearfarCache<String, Integer> here = one.cache();
            NearfarCache<String, Integer> there = two.cache();
            AtomicInteger truth = new AtomicInteger();
            AtomicInteger going = new AtomicInteger(1);
            List<CompletableFuture<Void>> loaders = List.of(here, there, there).stream()
                    .map(cache -> CompletableFuture.runAsync(
                            () -> {
                                while (going.get() == 1) {
                                    heldLoad(cache, truth);
                                }
                            },
                            THREADS))
                    .toList();
            for (int round = 0; round < 200; round++) {
                int now = truth.incrementAndGet();
                here.invalidatePattern("k*");
                Integer seen = here.get("key");
                assertThat(seen == null || seen >= now)
                        .as("round %d: %s after %d", round, seen, now)
                        .isTrue();
            }
            going.set(0);
            for (CompletableFuture<Void> loader : loaders) {
                loader.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static void heldLoad(NearfarCache<String, Integer> cache, AtomicInteger truth) {
        try {
            cache.getOrLoad("key", truth::get);
            Thread.yield();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void handle_showsHowFarItHasCome(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<Integer, String> cache = one.cache();
            for (int i = 0; i < 100; i++) {
                cache.put(i, "v");
            }
            PatternInvalidation started = cache.startInvalidatingPrefix("1", InvalidationPace.DEFAULT.withPageSize(10));
            assertThat(started.done().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isEqualTo(11);
            assertThat(started.pattern()).isEqualTo("1*");
            assertThat(started.found()).isEqualTo(11);
            assertThat(started.removed()).isEqualTo(11);
            assertThat(started.looked()).isGreaterThanOrEqualTo(100);
            started.cancel();
            assertThat(started.isCancelled()).isFalse();
            assertThat(cache.get(2)).isEqualTo("v");
        }
    }

    @Test
    void handle_endsWhenItIsCancelled_andWhenTheCacheIsClosed() throws Exception {
        try (Application one = Application.in(Mode.TIERED)) {
            NearfarCache<Integer, String> cache = one.cache();
            for (int i = 0; i < 100; i++) {
                cache.put(i, "v");
            }
            InvalidationPace slow = new InvalidationPace(1, 1);
            PatternInvalidation cancelled = cache.startInvalidatingPattern("*", slow);
            PatternInvalidation closed = cache.startInvalidatingPattern("*", slow);
            await().atMost(SOON).until(() -> cancelled.looked() > 0 && closed.looked() > 0);
            cancelled.cancel();
            assertThat(cancelled.done().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isEqualTo(cancelled.removed())
                    .isLessThan(100);
            assertThat(cancelled.isCancelled()).isTrue();
            cache.close();
            assertThat(closed.done().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isLessThan(100);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void wrongPattern_isRefused(Mode mode) {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            assertThatThrownBy(() -> cache.invalidatePattern(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> cache.invalidatePrefix(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> cache.startInvalidatingPattern("a", null)).hasMessageContaining("pace");
            assertThatThrownBy(() -> cache.invalidatePattern("a[b")).hasMessageContaining("a[b");
            assertThatThrownBy(() -> cache.startInvalidatingPattern("a[b", InvalidationPace.DEFAULT))
                    .hasMessageContaining("a[b");
            cache.close();
            assertThatThrownBy(() -> cache.invalidatePattern("a")).isInstanceOf(IllegalStateException.class);
        }
    }

    /** A walk may take hours. */
    @Test
    void manyHandles_holdUpNoBulkLoad_andThoseThatWaitAreCancelledWhenTheCacheIsClosed() throws Exception {
        try (Application one = Application.in(Mode.TIERED)) {
            NearfarCache<Integer, String> cache = one.cache(new MutableConfiguration<Integer, String>()
                    .setReadThrough(true)
                    .setCacheLoaderFactory(() -> new Texts()));
            for (int i = 0; i < 100; i++) {
                cache.put(i, "v");
            }
            List<PatternInvalidation> started = IntStream.range(0, 12)
                    .mapToObj(i -> cache.startInvalidatingPattern("none" + i, new InvalidationPace(1, 1)))
                    .toList();
            CompletionListenerFuture loaded = new CompletionListenerFuture();
            cache.loadAll(Set.of(1_000), true, loaded);
            loaded.get(60, TimeUnit.SECONDS);
            assertThat(cache.get(1_000)).isEqualTo("1000");
            started.get(10).cancel();
            cache.close();
            for (PatternInvalidation each : started) {
                assertThat(each.done().toCompletableFuture().get(60, TimeUnit.SECONDS))
                        .isZero();
                assertThat(each.isCancelled()).isTrue();
            }
        }
    }

    /** Loads numbers as texts. */
    private static final class Texts implements CacheLoader<Integer, String> {
        @Override
        public String load(Integer key) {
            return key.toString();
        }

        @Override
        public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
            Map<Integer, String> texts = new HashMap<>();
            keys.forEach(key -> texts.put(key, key.toString()));
            return texts;
        }
    }

    /** No key that could be read begins so, and to do nothing would leave those that cannot. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void prefix_thatIsLongerThanWhatCanBeRead_isRefused(Mode mode) {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            assertThat(cache.invalidatePrefix("*".repeat(200))).isZero();
            assertThatThrownBy(() -> cache.invalidatePrefix("p".repeat(201)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("prefix")
                    .hasMessageContaining("201");
            assertThatThrownBy(() -> cache.startInvalidatingPrefix("p".repeat(600), InvalidationPace.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("prefix");
        }
    }
}
