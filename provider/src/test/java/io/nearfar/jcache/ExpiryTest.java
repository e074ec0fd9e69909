package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpiryTest {
    private final Policy policy = new Policy();

    /** Writes down what it is asked. */
    private static final class Policy implements ExpiryPolicy {
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private volatile boolean broken;

        @Override
        public Duration getExpiryForCreation() {
            return answer("creation");
        }

        @Override
        public Duration getExpiryForAccess() {
            return answer("access");
        }

        @Override
        public Duration getExpiryForUpdate() {
            return answer("update");
        }

        private Duration answer(String question) {
            asked.add(question);
            if (broken) {
                throw new IllegalStateException("no idea");
            }
            return Duration.ONE_HOUR;
        }
    }

    private MutableConfiguration<String, String> asking() {
        return new MutableConfiguration<String, String>().setExpiryPolicyFactory(() -> policy);
    }

    /** The table of section 6.3, row by row; nothing more may be asked. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void policy_isAskedWhatTheOperationNeedsAndNothingElse(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(asking());
            asks(() -> cache.put("k", "1"), "creation");
            asks(() -> cache.put("k", "2"), "update");
            asks(() -> cache.putIfAbsent("k", "x"));
            asks(() -> cache.get("none"));
            asks(() -> cache.get("k"), "access");
            asks(() -> cache.containsKey("k"));
            asks(() -> cache.getAll(Set.of("k", "none")), "access");
            asks(() -> cache.getAndPut("k", "3"), "update");
            asks(() -> cache.replace("k", "4"), "update");
            asks(() -> cache.replace("none", "4"));
            asks(() -> cache.replace("k", "x", "5"), "access");
            asks(() -> cache.replace("k", "4", "5"), "update");
            asks(() -> cache.remove("k", "x"), "access");
            asks(() -> cache.iterator().next(), "access");
            asks(() -> cache.putAll(Map.of("k", "6", "l", "1")), "creation", "update");
            asks(() -> cache.invoke("k", (entry, arguments) -> entry.exists()));
            asks(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()), "access");
            asks(
                    () -> cache.invoke("m", (entry, arguments) -> {
                        entry.setValue("1");
                        return entry.getValue();
                    }),
                    "creation");
            asks(() -> cache.remove("k", "6"));
            asks(() -> cache.getAndRemove("l"));
            asks(cache::removeAll);
        }
    }

    private void asks(Runnable operation, String... questions) {
        policy.asked.clear();
        operation.run();
        assertThat(policy.asked).containsExactlyInAnyOrder(questions);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void policyThatFails_breaksNoOperation(Mode mode) {
        policy.broken = true;
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(asking());
            cache.put("k", "1");
            cache.put("k", "2");
            assertThat(cache.get("k")).isEqualTo("2");
        }
    }

    private static MutableConfiguration<String, String> living(
            javax.cache.configuration.Factory<? extends ExpiryPolicy> policy) {
        return new MutableConfiguration<String, String>().setExpiryPolicyFactory(policy);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void created_isOverAtItsTimeWhateverHappensMeanwhile(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache =
                    application.cache(living(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 300))));
            long start = System.nanoTime();
            cache.put("k", "1");
            cache.put("k", "2");
            while (cache.get("k") != null) {
                assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(60));
            }
            assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(250));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void accessed_livesAsLongAsItIsRead(Mode mode) throws InterruptedException {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache =
                    application.cache(living(AccessedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 1))));
            long since = System.nanoTime();
            cache.put("k", "1");
            for (long read = since; read - since < TimeUnit.SECONDS.toNanos(2); Thread.sleep(50)) {
                long before = System.nanoTime();
                if (cache.get("k") == null) {
                    assertWasSlow(TimeUnit.MILLISECONDS.toNanos(500), read);
                    cache.put("k", "1");
                    since = before;
                }
                read = before;
            }
            await().atMost(30, TimeUnit.SECONDS)
                    .pollInterval(1500, TimeUnit.MILLISECONDS)
                    .until(() -> !cache.containsKey("k"));
        }
    }

    /** An entry may be gone only if this machine came to it late: half of its life is left for what clocks disagree. */
    private static void assertWasSlow(long nanos, long since) {
        assertThat(System.nanoTime() - since).isGreaterThan(nanos);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void timeToLive_thatASettingNames_takesThePoliciesPlace(Mode mode) {
        try (Application application = Application.in(mode, "nearfar.cache.cities.ttl", "200ms")) {
            NearfarCache<String, String> cache = application.cache(asking());
            long start = System.nanoTime();
            cache.put("k", "1");
            if (cache.get("k") == null) {
                assertWasSlow(TimeUnit.MILLISECONDS.toNanos(100), start);
            }
            await().atMost(30, TimeUnit.SECONDS).until(() -> !cache.containsKey("k"));
            assertThat(policy.asked).isEmpty();
        }
    }

    @Test
    void defaultTemplate_leavesACacheConfiguredInCodeAlone() {
        try (Application application = Application.in(Mode.NEAR, "nearfar.template.default.ttl", "1ms")) {
            NearfarCache<String, String> cache = application.cache(living(EternalExpiryPolicy.factoryOf()));
            cache.put("k", "1");
            long start = System.nanoTime();
            while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(20)) {
                assertThat(cache.containsKey("k")).isTrue();
            }
        }
    }

    @Test
    void touched_isMovedByUpdatesToo() throws InterruptedException {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache =
                    application.cache(living(TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 1))));
            long updated = System.nanoTime();
            cache.put("k", "1");
            for (int i = 0; i < 15; i++) {
                long before = System.nanoTime();
                if (!cache.replace("k", "x")) {
                    assertWasSlow(TimeUnit.MILLISECONDS.toNanos(500), updated);
                    cache.put("k", "1");
                }
                updated = before;
                Thread.sleep(100);
            }
        }
    }
}
