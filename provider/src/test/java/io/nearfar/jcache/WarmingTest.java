package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.Warmer;
import io.nearfar.WarmingPlan;
import io.nearfar.WarmingProgress;
import io.nearfar.WarmingProgress.State;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cache is filled before anybody asks: by one node for all. */
@Timeout(120)
class WarmingTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> KEYS = List.of("a", "b", "c");

    private final AtomicInteger calls = new AtomicInteger();

    private static NearfarManager manager(Application application) {
        return application.manager().unwrap(NearfarManager.class);
    }

    private Warmer<String, String> letters() {
        return warming -> {
            warming.expect(KEYS.size());
            for (String key : KEYS) {
                warming.load(key, context -> "v" + calls.incrementAndGet());
            }
        };
    }

    private static WarmingProgress progress(Application application) {
        return manager(application).warmings().get(0);
    }

    private static void awaitState(Application application, State state) {
        await().atMost(SOON).until(() -> progress(application).state() == state);
    }

    /** By its plan it would run once. */
    @Test
    void settings_goBeforeThePlan() {
        try (CapturedLog log = new CapturedLog();
                Application application = Application.in(
                        Mode.NEAR, "nearfar.warming.letters.every", "1s", "nearfar.warming.off.enabled", "false")) {
            application.cache();
            manager(application).warm("cities", WarmingPlan.of("off"), warming -> calls.addAndGet(1_000));
            manager(application).warm("cities", WarmingPlan.of("letters"), warming -> calls.incrementAndGet());
            await().atMost(SOON).until(() -> calls.get() >= 2);
            assertThat(calls).hasValueLessThan(1_000);
            assertThat(manager(application).warmings())
                    .extracting(WarmingProgress::name)
                    .containsExactly("letters");
            assertThat(log.lines("NF0521 cities: the warming off")).hasSize(1);
            assertThat(log.lines("NF0516 cities: the warming letters begins")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(log.lines("NF0517 cities: the warming letters has come to its end: 0 keys in"))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "NEAR", mode = EnumSource.Mode.EXCLUDE)
    void oneNode_fillsTheCacheForAll(Mode mode) {
        try (Application application = Application.in(mode);
                Application other = application.another()) {
            NearfarCache<String, String> here = application.cache();
            NearfarCache<String, String> there = other.cache();
            manager(application).warm("cities", WarmingPlan.of("letters"), letters());
            awaitState(application, State.DONE);
            manager(other).warm("cities", WarmingPlan.of("letters"), letters());
            awaitState(other, State.ELSEWHERE);
            assertThat(calls).hasValue(3);
            assertThat(here.get("b")).isEqualTo("v2");
            assertThat(there.get("b")).isEqualTo("v2");
            WarmingProgress done = progress(application);
            assertThat(done)
                    .extracting(WarmingProgress::loaded, WarmingProgress::failed, WarmingProgress::expected)
                    .containsExactly(3L, 0L, 3L);
            assertThat(done.begun()).isNotNull().isBeforeOrEqualTo(done.ended());
            assertThat(progress(other))
                    .extracting(WarmingProgress::loaded, WarmingProgress::begun)
                    .containsExactly(0L, null);
        }
    }

    /** Nobody else sees its entries. */
    @Test
    void cacheOfOneNode_isFilledOnEach() {
        try (Application application = Application.in(Mode.TIERED, "nearfar.cache.cities.mode", "near");
                Application other = application.another()) {
            application.cache();
            other.cache();
            manager(application).warm("cities", WarmingPlan.of("letters"), letters());
            manager(other).warm("cities", WarmingPlan.of("letters"), letters());
            awaitState(application, State.DONE);
            awaitState(other, State.DONE);
            assertThat(calls).hasValue(6);
        }
    }

    @Test
    void whatIsThere_isNotLoaded_unlessItIsReloaded() {
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("a", "there");
            cache.put("b", "there");
            manager(application).<String, String>warm("cities", WarmingPlan.of("two"), warming -> {
                warming.load("a", context -> "new");
                warming.reload("b", context -> "new");
            });
            awaitState(application, State.DONE);
            assertThat(cache.get("a")).isEqualTo("there");
            assertThat(cache.get("b")).isEqualTo("new");
        }
    }

    @Test
    void cacheThatIsOpenedLater_isFilledThen() {
        try (Application application = Application.in(Mode.TIERED)) {
            manager(application).warm("cities", WarmingPlan.of("letters"), letters());
            assertThat(progress(application).state()).isEqualTo(State.WAITING);
            NearfarCache<String, String> cache = application.cache();
            awaitState(application, State.DONE);
            assertThat(cache.get("c")).isEqualTo("v3");
        }
    }

    /** A key that cannot be loaded is one key; a run that throws is tried by whoever looks next. */
    @Test
    void runThatFails_isTakenOverByAnotherNode() {
        try (Application application = Application.in(Mode.TIERED);
                Application other = application.another();
                CapturedLog log = new CapturedLog()) {
            NearfarCache<String, String> cache = application.cache();
            other.cache();
            manager(application).<String, String>warm("cities", WarmingPlan.of("letters"), warming -> {
                warming.load("a", context -> "v1");
                warming.load("b", context -> {
                    throw new IllegalStateException("the database has no b");
                });
                warming.load("none", context -> null);
                throw new IllegalStateException("the list of keys is gone");
            });
            awaitState(application, State.FAILED);
            assertThat(progress(application).failure()).contains("the list of keys is gone");
            assertThat(progress(application))
                    .extracting(WarmingProgress::loaded, WarmingProgress::failed)
                    .containsExactly(1L, 2L);
            assertThat(log.lines("NF0519")).hasSize(1);
            assertThat(log.lines("NF0518")).hasSize(1);
            manager(other).warm("cities", WarmingPlan.of("letters"), letters());
            awaitState(other, State.DONE);
            assertThat(calls).as("what is there is not loaded again").hasValue(2);
            assertThat(cache.get("b")).isEqualTo("v1");
        }
    }

    @Test
    void planThatRepeats_runsAgain() {
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache();
            WarmingPlan often = WarmingPlan.of("one").withEvery(Duration.ofSeconds(1));
            manager(application)
                    .<String, String>warm(
                            "cities", often, warming -> warming.reload("a", context -> "v" + calls.incrementAndGet()));
            await().atMost(SOON).until(() -> "v3".equals(cache.get("a")));
        }
    }

    @Test
    void closing_endsARunWithItsNextKey() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        try (Application application = Application.in(Mode.TIERED)) {
            application.cache();
            WarmingPlan slow = WarmingPlan.of("endless").withKeysPerSecond(1);
            manager(application).<String, String>warm("cities", slow, warming -> {
                try {
                    for (int i = 0; ; i++) {
                        warming.load("k" + i, context -> "v");
                        running.countDown();
                    }
                } catch (CancellationException e) {
                    end.set(e);
                    throw e;
                } finally {
                    over.countDown();
                }
            });
            running.await();
        }
        over.await();
        assertThat(end.get()).isNotNull();
    }

    @Test
    void loaderOfTheCache_isWhatLoadsWithoutAFunction() {
        try (Application application = Application.in(Mode.TIERED)) {
            application.cache();
            AtomicReference<Throwable> told = new AtomicReference<>();
            manager(application).<String, String>warm("cities", WarmingPlan.of("letters"), warming -> {
                try {
                    warming.load("a");
                } catch (IllegalStateException e) {
                    told.set(e);
                }
            });
            awaitState(application, State.DONE);
            assertThat(told.get()).hasMessageContaining("does not read through a loader");
        }
    }

    @Test
    void mistakes_areToldWithTheirCure() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarManager manager = manager(application);
            manager.warm("cities", WarmingPlan.of("letters"), letters());
            assertThatThrownBy(() -> manager.warm("cities", WarmingPlan.of("letters"), letters()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a warming letters of cache cities already; give one of them another name");
            assertThatThrownBy(() -> WarmingPlan.of("two words"))
                    .hasMessageContaining("is two words; it must be 1 to 64 letters");
            assertThatThrownBy(() -> WarmingPlan.of("a").withEvery(Duration.ofMillis(5)))
                    .hasMessageContaining("to run every PT0.005S; give a second at least");
            assertThatThrownBy(() -> WarmingPlan.of("a").withKeysPerSecond(0))
                    .hasMessageContaining("at 0 keys per second would not come to its end");
        }
    }
}
