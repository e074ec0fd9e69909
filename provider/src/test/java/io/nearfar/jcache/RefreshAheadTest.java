package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that are read late in their life are loaded again while they are answered. */
class RefreshAheadTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Late from 200 ms on, and then there for a long time. */
    private static final String[] SETTINGS = {"nearfar.cache.cities.ttl", "20s", "nearfar.refresh-ahead", "99%"};

    private final AtomicInteger calls = new AtomicInteger();
    private final Semaphore again = new Semaphore(0);
    private volatile boolean closed;
    private final RecordingListener listener = new RecordingListener();

    /** Its first call answers, and each other waits until the test lets it. */
    private String next() {
        int call = calls.incrementAndGet();
        if (call > 1) {
            again.acquireUninterruptibly();
            if (closed) {
                throw new IllegalStateException("the database is closed");
            }
        }
        return "v" + call;
    }

    private MutableConfiguration<String, String> reading() {
        CacheLoader<String, String> loader = new CacheLoader<>() {
            @Override
            public String load(String key) {
                return next();
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                throw new UnsupportedOperationException("not asked for here");
            }
        };
        return new MutableConfiguration<String, String>().setReadThrough(true).setCacheLoaderFactory(() -> loader);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void lateRead_isAnswered_andLoadsAgainOnceOverTheNodes(Mode mode) {
        try (Application application = Application.in(mode, SETTINGS);
                Application another = mode == Mode.NEAR ? null : application.another()) {
            NearfarCache<String, String> here =
                    application.cache(reading().addCacheEntryListenerConfiguration(listener.configured(true, true)));
            NearfarCache<String, String> there = another == null ? here : another.cache(reading());
            here.get("k");
            await().atMost(SOON).until(() -> {
                assertThat(here.get("k")).isEqualTo("v1");
                assertThat(there.get("k")).isEqualTo("v1");
                return calls.get() > 1;
            });
            for (int i = 0; i < 50; i++) {
                assertThat(here.get("k")).isEqualTo("v1");
                assertThat(there.getAll(Set.of("k"))).containsEntry("k", "v1");
            }
            assertThat(calls).as("one node loads, and once").hasValue(2);
            again.release(1_000);
            await().atMost(SOON).until(() -> !"v1".equals(here.get("k")) && !"v1".equals(there.get("k")));
            await().atMost(SOON).until(() -> another != null || listener.told.contains("UPDATED k v1 v2"));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsPutMeanwhile_staysInItsPlace(Mode mode) {
        try (Application application = Application.in(mode, SETTINGS)) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.get("k");
            await().atMost(SOON).until(() -> cache.get("k") != null && calls.get() > 1);
            cache.put("k", "put", EntryOptions.NONE.withTimeToLive(Duration.ofDays(1)));
            again.release();
            await().atMost(SOON).until(() -> cache.figures().loads() == 2);
            assertThat(cache.get("k")).isEqualTo("put");
        }
    }

    private static Set<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).collect(Collectors.toSet());
    }

    /** Reads until the four threads load and every other key was read late too. */
    private void readLate(NearfarCache<String, String> cache, Set<String> keys) {
        long late = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        await().atMost(SOON).until(() -> {
            boolean allAreLate = System.nanoTime() - late > 0;
            cache.getAll(keys);
            return allAreLate && calls.get() == keys.size() + 4;
        });
    }

    /** More keys than threads and queue take at once. */
    @Test
    void whatFindsNoRoom_isLoadedByLaterReads() {
        Set<String> keys = keys(300);
        again.release(keys.size() - 1);
        try (Application application = Application.in(Mode.NEAR, SETTINGS)) {
            NearfarCache<String, String> cache = application.cache(reading());
            Set<String> first = Set.copyOf(cache.getAll(keys).values());
            readLate(cache, keys);
            again.release(1_000_000);
            await().atMost(SOON)
                    .until(() -> cache.getAll(keys).values().stream().noneMatch(first::contains));
        }
    }

    /** Nobody waits for them, and the loader is closed with the cache. */
    @Test
    void close_leavesUndoneWhatHasNotBegun() {
        Set<String> keys = keys(10);
        again.release(keys.size() - 1);
        try (Application application =
                Application.in(Mode.NEAR, "nearfar.cache.undone.ttl", "20s", "nearfar.refresh-ahead", "99%")) {
            NearfarCache<String, String> cache = application.cache("undone", reading());
            cache.getAll(keys);
            readLate(cache, keys);
            cache.close();
            again.release(1_000);
            await().atMost(SOON)
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("nearfar-cache-undone")));
            assertThat(calls).hasValue(keys.size() + 4);
        }
    }

    /** The loader is closed with the cache, and may fail for that. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failure_isTold_unlessTheCacheIsClosed(boolean open) {
        String thread = "nearfar-cache-failing";
        try (CapturedLog log = new CapturedLog();
                Application application =
                        Application.in(Mode.NEAR, "nearfar.cache.failing.ttl", "20s", "nearfar.refresh-ahead", "99%")) {
            NearfarCache<String, String> cache = application.cache("failing", reading());
            cache.get("k");
            await().atMost(SOON).until(() -> cache.get("k") != null && calls.get() > 1);
            closed = true;
            if (!open) {
                cache.close();
            }
            again.release(1_000);
            await().atMost(SOON)
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(each -> each.getName().equals(thread)));
            assertThat(log.lines("NF0513")).hasSize(open ? 1 : 0);
        }
    }

    /** Functions are called in the background too, unless they say that they need their caller. */
    @Test
    void functions_areCalledAgain_unlessTheyNeedTheirCaller() throws Exception {
        again.release(1_000);
        try (Application application = Application.in(Mode.NEAR, SETTINGS)) {
            NearfarCache<String, String> cache = application.cache();
            ContextLoad<String> bound = new ContextLoad<>() {
                @Override
                public String load(LoadContext context) {
                    return "bound " + next();
                }

                @Override
                public boolean mayRunLater() {
                    return false;
                }
            };
            AsyncContextLoad<String> stage = context -> CompletableFuture.supplyAsync(this::next);
            cache.getOrLoad("bound", bound);
            cache.getOrLoad("function", this::next);
            cache.getOrLoadAsync("stage", stage).toCompletableFuture().join();
            assertThat(calls).hasValue(3);
            await().atMost(SOON).until(() -> !"v2".equals(cache.getOrLoad("function", this::next)));
            await().atMost(SOON)
                    .until(() -> !"v3"
                            .equals(cache.getOrLoadAsync("stage", stage)
                                    .toCompletableFuture()
                                    .join()));
            assertThat(cache.getOrLoad("bound", bound)).isEqualTo("bound v1");
        }
    }
}
