package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListenersTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RecordingListener listener = new RecordingListener();

    private MutableConfiguration<String, String> listening(boolean withOldValue, boolean synchronous) {
        return new MutableConfiguration<String, String>()
                .addCacheEntryListenerConfiguration(listener.configured(withOldValue, synchronous));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void synchronousListener_isToldInTheCallersThreadOfEveryChangeOnce(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(listening(true, true));
            cache.put("k", "1");
            cache.put("k", "2");
            cache.getAndPut("k", "3");
            cache.replace("k", "3", "4");
            cache.replace("k", "nothing", "5");
            cache.putIfAbsent("k", "6");
            cache.invoke("k", (entry, arguments) -> {
                entry.setValue(entry.getValue() + "!");
                return null;
            });
            cache.remove("k", "4!");
            cache.remove("k");
            cache.putAll(Map.of("k", "7"));
            cache.removeAll(Set.of("k", "none"));
            cache.putIfAbsent("k", "8");
            cache.removeAll();
            cache.put("k", "9");
            cache.clear();
            assertThat(listener.told)
                    .containsExactly(
                            "CREATED k null 1",
                            "UPDATED k 1 2",
                            "UPDATED k 2 3",
                            "UPDATED k 3 4",
                            "UPDATED k 4 4!",
                            "REMOVED k 4! 4!",
                            "CREATED k null 7",
                            "REMOVED k 7 7",
                            "CREATED k null 8",
                            "REMOVED k 8 8",
                            "CREATED k null 9");
            assertThat(listener.threads).containsOnly(Thread.currentThread());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void asynchronousListener_isToldInOrderAndByAThreadThatEnds(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(listening(false, false));
            IntStream.range(0, 200).forEach(i -> cache.put("k", "" + i));
            await().atMost(SOON).until(() -> listener.told.size() == 200);
            assertThat(listener.told).first().isEqualTo("CREATED k null 0");
            assertThat(listener.told.subList(1, 200))
                    .containsExactlyElementsOf(IntStream.range(1, 200)
                            .mapToObj(i -> "UPDATED k null " + i)
                            .toList());
            assertThat(listener.threads).doesNotContain(Thread.currentThread());
            Thread thread = listener.threads.get(0);
            assertThat(thread.isDaemon()).isTrue();
            cache.close();
            await().atMost(SOON).until(() -> !thread.isAlive() && listener.closed);
        }
    }

    @Test
    void asynchronousListener_isToldBeforeItIsClosed() {
        CountDownLatch hold = new CountDownLatch(1);
        listener.onEvent = event -> awaitQuietly(hold);
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache(listening(false, false));
            cache.put("k", "1");
            cache.put("k", "2");
            cache.close();
            assertThat(listener.closed).isFalse();
            hold.countDown();
            await().atMost(SOON).until(() -> listener.closed);
            assertThat(listener.told).hasSize(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void failingListeners_areAllCalledAndTheFirstFailureIsThrown() {
        RecordingListener second = new RecordingListener();
        listener.onEvent = event -> {
            throw new CacheEntryListenerException("first");
        };
        second.onEvent = event -> {
            throw new IllegalStateException("second");
        };
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache();
            cache.registerCacheEntryListener(listener.configured(false, true));
            cache.registerCacheEntryListener(second.configured(true, true));
            assertThatExceptionOfType(CacheEntryListenerException.class)
                    .isThrownBy(() -> cache.put("k", "1"))
                    .withMessage("first")
                    .satisfies(e -> assertThat(e.getSuppressed()[0])
                            .isInstanceOf(CacheEntryListenerException.class)
                            .hasRootCauseMessage("second"));
            assertThat(second.told).hasSize(1);
            assertThat(cache.get("k")).isEqualTo("1");
        }
    }

    @Test
    void failingListener_thatIsToldLater_isLogged_withoutKeysAndValues() {
        listener.onEvent = event -> {
            throw new IllegalStateException("no listener today");
        };
        try (CapturedLog log = new CapturedLog();
                Application application = Application.in(Mode.NEAR)) {
            application.cache(listening(false, false)).put("ann@example.org", "a secret");
            await().atMost(SOON).until(() -> !log.lines("NF0511").isEmpty());
            assertThat(log.lines("NF0511")).singleElement().asString().endsWith("so many of each: {CREATED=1}");
            assertThat(log.lines("ann@")).isEmpty();
            assertThat(log.lines("secret")).isEmpty();
        }
    }

    @Test
    void filter_decidesWhatAListenerHears() {
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache();
            cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                    new FactoryBuilder.SingletonFactory<>(listener),
                    () -> event -> event.getKey().startsWith("a"),
                    true,
                    true));
            cache.putAll(Map.of("a1", "x", "b1", "x"));
            assertThat(listener.told).containsExactly("CREATED a1 null x");
        }
    }

    @Test
    void listenerThatWritesTheSameKey_doesNotWaitForItself() {
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache(listening(true, true));
            listener.onEvent = event -> {
                if ("1".equals(event.getValue())) {
                    cache.put("k", "2");
                }
            };
            cache.put("k", "1");
            assertThat(cache.get("k")).isEqualTo("2");
            assertThat(listener.told).containsExactly("CREATED k null 1", "UPDATED k 1 2");
        }
    }

    @Test
    void writesOfOneKey_withAListener_areHeardInTheOrderInWhichTheyHappened() throws Exception {
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache(listening(true, true));
            ManyThreadsTest.all(thread -> () -> {
                for (int i = 0; i < 100; i++) {
                    cache.put("k", thread + "/" + i);
                }
                return List.of();
            });
            assertThat(listener.told).hasSize(400);
            for (int i = 1; i < listener.told.size(); i++) {
                String before = listener.told.get(i - 1).split(" ", -1)[3];
                assertThat(listener.told.get(i)).startsWith("UPDATED k " + before + " ");
            }
        }
    }

    /** Every event goes on from where the one before it has left the key. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadsAndWritesOfOneKey_areHeardInTheOrderInWhichTheyHappened(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(listening(true, true));
            ManyThreadsTest.all(thread -> () -> {
                for (int i = 0; i < 150; i++) {
                    String value = thread + "/" + i;
                    switch (thread) {
                        case 0 -> cache.put("k", value);
                        case 1 -> cache.remove("k");
                        case 2 -> cache.getOrLoad("k", () -> value);
                        default -> cache.reload("k", () -> value);
                    }
                }
                return List.of();
            });
            String there = "null";
            for (String told : listener.told) {
                String[] words = told.split(" ", -1);
                assertThat(words[2]).as("%s after %s", told, there).isEqualTo(there);
                there = words[0].equals("REMOVED") ? "null" : words[3];
            }
        }
    }

    @Test
    void expiration_isToldOnceByTheCallThatMeetsIt() throws InterruptedException {
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache(listening(true, true)
                    .setExpiryPolicyFactory(
                            CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 1))));
            cache.put("k", "1");
            Thread.sleep(5);
            assertThat(cache.get("k")).isNull();
            assertThat(cache.get("k")).isNull();
            assertThat(listener.told).containsExactly("CREATED k null 1", "EXPIRED k 1 1");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void updateWithoutLifetime_isAnUpdateAndAnExpiration(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(
                    listening(true, true).setExpiryPolicyFactory(() -> new javax.cache.expiry.ExpiryPolicy() {
                        @Override
                        public javax.cache.expiry.Duration getExpiryForCreation() {
                            return javax.cache.expiry.Duration.ETERNAL;
                        }

                        @Override
                        public javax.cache.expiry.Duration getExpiryForAccess() {
                            return null;
                        }

                        @Override
                        public javax.cache.expiry.Duration getExpiryForUpdate() {
                            return javax.cache.expiry.Duration.ZERO;
                        }
                    }));
            cache.put("k", "1");
            cache.put("k", "2");
            assertThat(cache.containsKey("k")).isFalse();
            assertThat(listener.told).containsExactly("CREATED k null 1", "UPDATED k 1 2", "EXPIRED k 2 2");
        }
    }

    @Test
    void putThatExpiresAtOnce_isToldToNobody() {
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache(listening(true, true)
                    .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ZERO)));
            cache.put("k", "1");
            assertThat(cache.putIfAbsent("k", "2")).isFalse();
            assertThat(listener.told).isEmpty();
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    @Test
    void factoryThatFails_leavesNoRegistrationBehind() {
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache();
            MutableCacheEntryListenerConfiguration<String, String> failing =
                    new MutableCacheEntryListenerConfiguration<>(
                            () -> {
                                throw new IllegalStateException("no listener today");
                            },
                            null,
                            false,
                            true);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> cache.registerCacheEntryListener(failing))
                        .hasMessage("no listener today");
            }
        }
    }

    @Test
    void deregisteredListener_isClosedAndHearsNoMore() {
        try (Application application = Application.in(Mode.NEAR)) {
            MutableCacheEntryListenerConfiguration<String, String> configured = listener.configured(true, true);
            Cache<String, String> cache = application.cache();
            cache.registerCacheEntryListener(configured);
            cache.deregisterCacheEntryListener(configured);
            cache.put("k", "1");
            assertThat(listener.closed).isTrue();
            assertThat(listener.told).isEmpty();
        }
    }
}
