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
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ended a short while ago answers at once, while its key is loaded; unless somebody has invalidated it. */
@Timeout(120)
class StaleWhileRevalidateTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration AHEAD = Duration.ofMillis(50);
    private static final String WINDOW = "nearfar.cache.cities.stale-while-revalidate";

    private final ExecutorService others = Executors.newCachedThreadPool();
    private final CountDownLatch database = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean failing;

    @AfterEach
    void end() {
        database.countDown();
        others.shutdownNow();
    }

    private String slow() throws InterruptedException {
        calls.incrementAndGet();
        database.await();
        if (failing) {
            throw new IllegalStateException("the database is away");
        }
        return "new";
    }

    private MutableConfiguration<String, String> reading() {
        return ReadingThrough.calling(this::slow);
    }

    /** A load as annotated methods have it: no other thread may run it. */
    private ContextLoad<String> bound() {
        return new ContextLoad<>() {
            @Override
            public String load(LoadContext context) throws InterruptedException {
                return slow();
            }

            @Override
            public boolean mayRunLater() {
                return false;
            }
        };
    }

    /** Leaves an entry that has ended for every node: one's idea of the server's time may be a little ahead. */
    private static void ended(NearfarCache<String, String> cache, String... tags) {
        cache.put(
                "k",
                "old",
                EntryOptions.NONE.withTimeToLive(Duration.ofMillis(5)).withTags(tags));
        await().atMost(SOON).until(() -> !cache.containsKey("k"));
        await().atMost(SOON).pollDelay(AHEAD).until(() -> !cache.containsKey("k"));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void readAfterTheEnd_isAnsweredAtOnce_whileTheKeyIsLoadedOnceOverTheNodes(Mode mode) throws Exception {
        try (Application application = Application.in(mode, WINDOW, "1h");
                Application other = mode == Mode.NEAR ? null : application.another()) {
            NearfarCache<String, String> cache = application.cache(reading());
            NearfarCache<String, String> there = other == null ? cache : other.cache(reading());
            ended(cache);
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.getAll(Set.of("k"))).containsEntry("k", "old");
            assertThat(there.get("k")).isEqualTo("old");
            assertThat(there.getOrLoad("k", this::slow)).isEqualTo("old");
            assertThat(there.getOrLoad("k", bound())).isEqualTo("old");
            assertThat(there.getOrLoadAsync("k", () -> CompletableFuture.completedStage("other"))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo("old");
            assertThat(cache.containsKey("k")).as("it has ended for all else").isFalse();
            await().atMost(SOON).untilAsserted(() -> assertThat(calls).hasValue(1));
            await().atMost(SOON)
                    .until(() ->
                            cache.figures().graceAnswers() + there.figures().graceAnswers()
                                    == (other == null ? 12 : 6));
            database.countDown();
            await().atMost(SOON).until(() -> "new".equals(cache.get("k")) && "new".equals(there.get("k")));
            assertThat(calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void readAfterTheWindow_waits(Mode mode) {
        database.countDown();
        try (Application application = Application.in(mode, WINDOW, "1ms", "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            ended(cache);
            assertThat(cache.get("k")).isEqualTo("new");
            assertThat(cache.figures().graceAnswers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsInvalidatedWhileItIsLoaded_answersNobody(Mode mode) {
        try (Application application =
                Application.in(mode, WINDOW, "1h", "nearfar.cache.cities.load.hard-timeout", "20ms")) {
            NearfarCache<String, String> cache = application.cache(reading());
            ended(cache, "t");
            assertThat(cache.get("k")).isEqualTo("old");
            cache.invalidateTag("t");
            assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
            cache.remove("k");
            assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
            assertThatThrownBy(() -> cache.getOrLoad("k", this::slow)).isInstanceOf(CacheLoaderException.class);
        }
    }

    /** Nobody waits for it, so nobody hears of it but the log; and for a moment nobody tries again. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadThatFails_leavesTheOldValue_andIsLogged(Mode mode) {
        failing = true;
        try (Application application =
                        Application.in(mode, WINDOW, "1h", "nearfar.cache.cities.fail-safe.throttle", "1h");
                CapturedLog log = new CapturedLog()) {
            NearfarCache<String, String> cache = application.cache(reading());
            ended(cache);
            assertThat(cache.get("k")).isEqualTo("old");
            database.countDown();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(log.lines("NF0514")).isNotEmpty());
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(calls).hasValue(1);
        }
    }

    /** The one that loads in its own thread waits, and nobody else does. */
    @Test
    void whileAnAnnotatedMethodRuns_othersAreAnsweredAtOnce_andItsCallerGetsTheNewValue() throws Exception {
        try (Application application = Application.in(Mode.TIERED, WINDOW, "1h")) {
            NearfarCache<String, String> cache = application.cache();
            ended(cache);
            Future<String> first = others.submit(() -> cache.getOrLoad("k", bound()));
            await().atMost(SOON).untilAsserted(() -> assertThat(calls).hasValue(1));
            assertThat(cache.getOrLoad("k", bound())).isEqualTo("old");
            assertThat(first).isNotDone();
            database.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("new");
        }
    }

    /** It would compute from what has ended, and store that as new. */
    @Test
    void entryProcessor_waitsForTheLoad() throws Exception {
        try (Application application = Application.in(Mode.TIERED, WINDOW, "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            ended(cache);
            assertThat(cache.get("k")).isEqualTo("old");
            AtomicReference<Thread> invoking = new AtomicReference<>();
            Future<String> invoked = others.submit(() -> {
                invoking.set(Thread.currentThread());
                return cache.invoke("k", (entry, arguments) -> entry.getValue());
            });
            await().atMost(SOON).until(() -> isWaiting(invoking.get()) || invoked.isDone());
            database.countDown();
            assertThat(invoked.get(30, TimeUnit.SECONDS)).isEqualTo("new");
        }
    }

    private static boolean isWaiting(Thread thread) {
        return thread != null
                && (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void getAll_isAnsweredWithWhatIsThereAndWhatEnded() {
        try (Application application = Application.in(Mode.TIERED, WINDOW, "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.put("live", "value");
            ended(cache);
            assertThat(cache.getAll(Set.of("live", "k"))).isEqualTo(Map.of("live", "value", "k", "old"));
        }
    }
}
