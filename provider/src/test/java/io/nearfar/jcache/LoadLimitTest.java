package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.Decision.Basis;
import io.nearfar.EntryOptions;
import io.nearfar.Limit;
import io.nearfar.NearfarCache;
import io.nearfar.QuotaUse;
import io.nearfar.RateLimitExceededException;
import io.nearfar.RateLimiter;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loads of a cache are charged to a limit, and what is there costs nothing. Windows are an hour: none ends here. */
@Timeout(120)
class LoadLimitTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Limit REACH = new Limit("reach", 1_000, Duration.ofHours(1));

    private final AtomicInteger calls = new AtomicInteger();

    /** Starts a node whose cache may load so often, when requests are counted where all nodes count them. */
    private static Application limitedTo(int loads, Mode mode, String... further) {
        String[] settings = Stream.concat(
                        Stream.of(
                                "nearfar.cache.cities.load.limit",
                                String.valueOf(loads),
                                "nearfar.load.limit.window",
                                "1h",
                                "nearfar.limit.deadline",
                                "10s"),
                        Stream.of(further))
                .toArray(String[]::new);
        return counting(Application.in(mode, settings));
    }

    /** A busy machine may reach the server that counts only after a while. */
    private static Application counting(Application application) {
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> limiter(application).decide(REACH.forAll()).basis(), Basis.COUNTED::equals);
        return application;
    }

    private static RateLimiter limiter(Application application) {
        return application.manager().unwrap(RateLimiter.class);
    }

    private static QuotaUse use(Application application, int loads) {
        return limiter(application).info(limit(loads).forAll());
    }

    private static Limit limit(int loads) {
        return new Limit("cache.cities.load", loads, Duration.ofHours(1));
    }

    private MutableConfiguration<String, String> reading() {
        CacheLoader<String, String> loader = new CacheLoader<>() {
            @Override
            public String load(String key) {
                calls.incrementAndGet();
                return "loaded " + key;
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                calls.incrementAndGet();
                Map<String, String> loaded = new HashMap<>();
                keys.forEach(key -> loaded.put(key, "loaded " + key));
                return loaded;
            }
        };
        return new MutableConfiguration<String, String>().setReadThrough(true).setCacheLoaderFactory(() -> loader);
    }

    private static void loadAll(NearfarCache<String, String> cache, String... keys) throws Exception {
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(Set.of(keys), false, done);
        try {
            done.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loads_ofAllNodes_areChargedToOneLimit_andAHitCostsNothing(Mode mode) {
        try (Application application = limitedTo(2, mode);
                Application other = mode == Mode.NEAR ? null : counting(application.another())) {
            NearfarCache<String, String> here = application.cache(reading());
            NearfarCache<String, String> there = other == null ? here : other.cache(reading());
            assertThat(here.get("a")).isEqualTo("loaded a");
            assertThat(there.get("a")).isEqualTo("loaded a");
            assertThat(here.get("a")).isEqualTo("loaded a");
            here.put("b", "put");
            assertThat(there.get("b")).isEqualTo("put");
            assertThat(use(application, 2).used()).isEqualTo(1);

            assertThat(there.get("c")).isEqualTo("loaded c");
            assertThatThrownBy(() -> here.get("d")).isInstanceOf(RateLimitExceededException.class);
            assertThatThrownBy(() -> there.get("e"))
                    .isInstanceOfSatisfying(RateLimitExceededException.class, refusal -> {
                        assertThat(refusal.violated())
                                .extracting(each -> each.quota().limit())
                                .containsExactly(limit(2));
                        assertThat(refusal.retryAfter()).isPositive();
                    });
            assertThat(here.get("a")).isEqualTo("loaded a");
            assertThat(calls).hasValue(2);
            assertThat(here.figures().loads() + there.figures().loads()).isEqualTo(other == null ? 4 : 2);
            assertThat(there.figures().refusedLoads()).isEqualTo(other == null ? 2 : 1);
        }
    }

    @Test
    void callers_thatMissTheSameKey_areChargedOnce() throws Exception {
        try (Application application = limitedTo(5, Mode.TIERED);
                Application other = counting(application.another())) {
            List<NearfarCache<String, String>> nodes = List.of(application.cache(reading()), other.cache(reading()));
            CountDownLatch all = new CountDownLatch(4);
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                NearfarCache<String, String> cache = nodes.get(i % 2);
                answers.add(CompletableFuture.supplyAsync(() -> found(cache, all), task -> new Thread(task).start()));
            }
            for (CompletableFuture<String> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("found");
            }
            assertThat(calls).hasValue(1);
            assertThat(use(application, 5).used()).isEqualTo(1);
        }
    }

    /** Loads for as long as it takes the others to ask. */
    private String found(NearfarCache<String, String> cache, CountDownLatch all) {
        all.countDown();
        try {
            return cache.getOrLoad("k", () -> {
                calls.incrementAndGet();
                all.await();
                return "found";
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAR")
    void everyKindOfLoad_isRefused_andNothingIsCalled(Mode mode) throws Exception {
        try (Application application = limitedTo(1, mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.put("there", "old");
            cache.get("used");
            calls.set(0);
            assertRefused(() -> cache.get("k"));
            assertRefused(() -> cache.getOrDefault("k", "none"));
            assertRefused(() -> cache.getAll(Set.of("k", "there")));
            assertRefused(() -> cache.getOrLoad("k", this::called));
            assertRefused(() -> cache.reload("k", this::called));
            assertRefused(() -> cache.reload("there", this::called));
            assertRefused(() -> loadAll(cache, "k"));
            assertRefused(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()));
            assertRefused(() -> result(cache.getOrLoadAsync("k", () -> CompletableFuture.completedStage(called()))));
            assertRefused(() -> result(cache.reloadAsync("k", () -> CompletableFuture.completedStage(called()))));
            assertThat(cache.getOrLoad(
                            "k", this::called, failure -> failure.getClass().getSimpleName()))
                    .isEqualTo("RateLimitExceededException");
            assertThat(calls).hasValue(0);
            assertThat(cache.get("there")).isEqualTo("old");
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    private String called() {
        calls.incrementAndGet();
        return "called";
    }

    private static String result(CompletionStage<String> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private static void assertRefused(ThrowingCallable load) {
        assertThatThrownBy(load).isInstanceOf(RateLimitExceededException.class);
    }

    /** Others would wait for a lease of an hour, and then load without storing. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAR")
    void refusal_leavesNothingBehind_andTheNextOneMayLoad(Mode mode) {
        try (Application application = limitedTo(1, mode, "nearfar.ttl.negative", "1h", "nearfar.load-lease", "1h");
                Application other = mode == Mode.NEAR ? null : counting(application.another())) {
            NearfarCache<String, String> here = application.cache(reading());
            Application there = other == null ? application : other;
            NearfarCache<String, String> cache = other == null ? here : other.cache(reading());
            here.get("used");
            assertRefused(() -> here.get("k"));
            limiter(there).reset(limit(1).forAll());
            assertThat(cache.get("k")).isEqualTo("loaded k");
            assertThat(here.containsKey("k")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAR")
    void refusedLoad_isAnsweredWithTheOldValue_andIsNoFailureToTell(Mode mode) {
        try (Application application = limitedTo(1, mode, "nearfar.grace", "1h");
                CapturedLog log = new CapturedLog()) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.get("used");
            cache.put("k", "old", EntryOptions.NONE.withTimeToLive(Duration.ofMillis(5)));
            await().atMost(SOON).until(() -> !cache.containsKey("k"));
            await().atMost(SOON).pollDelay(Duration.ofMillis(50)).until(() -> !cache.containsKey("k"));
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(calls).hasValue(1);
            assertThat(cache.figures().graceAnswers()).isEqualTo(1);
            assertThat(cache.figures().refusedLoads()).isEqualTo(1);
            assertThat(log.lines("NF0514")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAR")
    void manyKeys_areOneDecision_andChargedByTheirNumber(Mode mode) throws Exception {
        try (Application application = limitedTo(5, mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            loadAll(cache, "a", "b", "c");
            assertThat(use(application, 5).used()).isEqualTo(3);
            assertThatThrownBy(() -> loadAll(cache, "a", "d", "e", "f")).isInstanceOf(RateLimitExceededException.class);
            assertThat(cache.getAll(Set.of("a", "b", "c"))).hasSize(3);
            assertThat(cache.containsKey("d")).isFalse();
            assertThat(use(application, 5).used()).isEqualTo(3);
            loadAll(cache, "a", "d", "e");
            assertThat(use(application, 5).used()).isEqualTo(5);
            assertThat(calls).hasValue(2);
            assertThatThrownBy(() -> loadAll(cache, "u", "v", "w", "x", "y", "z"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("cache.cities.load")
                    .hasMessageContaining("Load fewer keys at a time");
        }
    }

    @Test
    void loadInAnotherThread_isRefusedTheSame() {
        try (Application application = limitedTo(1, Mode.NEAR, "nearfar.load.hard-timeout", "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            assertThat(cache.get("used")).isEqualTo("loaded used");
            assertRefused(() -> cache.get("k"));
            assertThat(calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAR")
    void refreshAhead_withoutRoom_isLeftOut(Mode mode) {
        try (Application application =
                        limitedTo(1, mode, "nearfar.cache.cities.ttl", "20s", "nearfar.refresh-ahead", "99%");
                CapturedLog log = new CapturedLog()) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.get("k");
            await().atMost(SOON).until(() -> {
                assertThat(cache.get("k")).isEqualTo("loaded k");
                return cache.figures().refusedLoads() > 0;
            });
            assertThat(cache.get("k")).isEqualTo("loaded k");
            assertThat(calls).hasValue(1);
            assertThat(log.lines("NF0513")).isEmpty();
        }
    }

    /** The server where requests are counted refuses who comes without a password. */
    @Test
    void limiter_isOpenedForACacheWithALimit_andForNoOther() {
        try (RealRedis refusing = RealRedis.start("--requirepass", "secret");
                Application application = Application.in(
                        Mode.NEAR,
                        "nearfar.limit.address",
                        refusing.address(),
                        "nearfar.cache.limited.load.limit",
                        "1")) {
            NearfarCache<String, String> unlimited = application.cache("unlimited", reading());
            assertThat(unlimited.get("k")).isEqualTo("loaded k");
            assertThatThrownBy(() -> application.manager().createCache("limited", reading()))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining(refusing.host());
            assertThat(application.manager().getCacheNames()).containsExactly("unlimited");
        }
    }

    @Test
    void limits_thatAreSwitchedOff_admitEveryLoad() throws Exception {
        try (Application application =
                Application.in(Mode.NEAR, "nearfar.cache.cities.load.limit", "1", "nearfar.limit.enabled", "false")) {
            NearfarCache<String, String> cache = application.cache(reading());
            loadAll(cache, "a", "b", "c");
            assertThat(cache.get("d")).isEqualTo("loaded d");
        }
    }
}
