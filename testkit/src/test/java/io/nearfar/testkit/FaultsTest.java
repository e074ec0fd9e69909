package io.nearfar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.CacheHealth;
import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.testkit.fault.Direction;
import io.nearfar.testkit.fault.Fault;
import io.nearfar.testkit.fault.Faults;
import io.nearfar.testkit.fault.ServerError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each fault has its effect on a real cache, and none when it is over. */
@NearfarTest(mode = Mode.FAR, settings = "nearfar.deadline = 9s")
class FaultsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private static NearfarCache<String, String> cacheOf(NearfarManager manager) {
        return manager.cacheFromTemplate("cache", String.class, String.class, List.of());
    }

    /** Puts an entry and waits until the server has it. */
    private static void putFar(NearfarFixture fixture, Cache<String, String> cache, String key, String value) {
        NearfarCache<String, String> witness = cacheOf(fixture.node());
        cache.put(key, value);
        eventually(() -> value.equals(witness.get(key)));
        eventually(() -> fixture.manager().health().state() == CacheHealth.State.UP);
    }

    private static long millisOf(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Test
    void latency_belowTheDeadline_isWaitedFor(Cache<String, String> cache, Faults faults) {
        cache.put("k", "v");
        for (Direction direction : Direction.values()) {
            try (Fault fault = faults.latency(direction, Duration.ofMillis(120))) {
                assertThat(millisOf(() -> assertThat(cache.get("k")).isEqualTo("v")))
                        .as("with %s", fault)
                        .isGreaterThanOrEqualTo(119);
                assertThat(fault.effects()).isPositive();
            }
        }
    }

    @Test
    void cut_connectionsAreMadeAnew(Cache<String, String> cache, Faults faults) {
        cache.put("k", "v");
        assertThat(faults.cut()).isPositive();
        eventually(() -> "v".equals(cache.get("k")));
    }

    @Test
    void refuse_leavesWhatIsOpen(Cache<String, String> cache, Faults faults) {
        cache.put("k", "v");
        try (Fault fault = faults.refuse()) {
            assertThat(cache.get("k")).isEqualTo("v");
            faults.cut();
            eventually(() -> fault.effects() > 0);
            assertThat(cache.get("k")).isNull();
        }
        eventually(() -> "v".equals(cache.get("k")));
    }

    @Test
    void errors_fullServer_refusesWritesAndAnswersReads(
            Cache<String, String> cache, NearfarManager manager, Faults faults) {
        cache.put("k", "v");
        try (Fault fault = faults.errors(ServerError.OOM)) {
            assertThatThrownBy(() -> cache.putIfAbsent("l", "v"))
                    .isInstanceOf(FarRefusalException.class)
                    .hasMessageContaining("maxmemory");
            assertThat(cache.get("k")).isEqualTo("v");
            assertThat(fault.effects()).isPositive();
        }
        assertThat(cache.putIfAbsent("l", "v")).isTrue();
        assertThat(manager.health().outages()).isZero();
    }

    @Test
    void errors_ofAServerThatStarts_areAnOutage(Cache<String, String> cache, NearfarManager manager, Faults faults) {
        cache.put("k", "v");
        try (Fault fault = faults.errors(ServerError.LOADING)) {
            assertThat(cache.get("k")).isNull();
            assertThat(manager.health().state()).isEqualTo(CacheHealth.State.DOWN);
            assertThat(fault.effects()).isPositive();
        }
        eventually(() -> "v".equals(cache.get("k")));
    }

    @Test
    void errors_ofAReplica_areAnOutageOfWrites(Cache<String, String> cache, NearfarManager manager, Faults faults) {
        cache.put("k", "v");
        try (Fault fault = faults.errors(ServerError.READONLY)) {
            assertThatThrownBy(() -> cache.putIfAbsent("l", "v")).isInstanceOf(FarTierUnavailableException.class);
            assertThat(fault.effects()).isPositive();
            assertThat(manager.health().outages()).isPositive();
        }
        eventually(() -> manager.health().state() == CacheHealth.State.UP);
    }

    @Test
    void errors_ofNamedCommands_leaveTheOthers(Cache<String, String> cache, Faults faults) {
        cache.put("k", "v");
        try (Fault fault = faults.errors("NOPERM no rights here", "mget")) {
            assertThat(cache.get("k")).isNull();
            assertThat(cache.putIfAbsent("l", "v")).isTrue();
            assertThat(fault.effects()).isPositive();
        }
        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Nested
    @NearfarTest(settings = {"nearfar.deadline = 1s"})
    class Outages {
        @Test
        void outage_nearAnswersAndWritesAreMadeUpFor(NearfarFixture fixture, NearfarCache<String, String> cache) {
            putFar(fixture, cache, "k", "1");
            NearfarCache<String, String> other = cacheOf(fixture.node());
            eventually(() -> "1".equals(cache.get("k")));
            try (Fault fault = fixture.faults().outage()) {
                eventually(() -> fixture.manager().health().state() == CacheHealth.State.DOWN);
                assertThat(cache.get("k")).isEqualTo("1");
                cache.put("k", "2");
                assertThat(cache.get("k")).isEqualTo("2");
                assertThat(other.get("k")).isEqualTo("1");
                assertThatThrownBy(() -> cache.putIfAbsent("won", "by nobody"))
                        .isInstanceOf(FarTierUnavailableException.class);
                eventually(() -> fault.effects() > 0);
            }
            eventually(() -> "2".equals(other.get("k")));
        }
    }

    @Nested
    @NearfarTest(mode = Mode.FAR, settings = "nearfar.deadline = 1s")
    class Silence {
        @Test
        void latency_beyondTheDeadline_opensTheBreaker(
                NearfarFixture fixture, NearfarCache<String, String> cache, Faults faults) {
            putFar(fixture, cache, "k", "v");
            try (Fault fault = faults.latency(Duration.ofSeconds(2))) {
                assertThat(cache.get("k")).isNull();
                assertThat(fault.effects()).isPositive();
                assertThat(fixture.manager().health().outages()).isPositive();
            }
            eventually(() -> "v".equals(cache.get("k")));
        }

        @Test
        void freeze_isAnswered_andWhatWasHeldArrives(
                NearfarFixture fixture, NearfarCache<String, String> cache, Faults faults) {
            putFar(fixture, cache, "k", "v");
            try (Fault fault = faults.freeze()) {
                assertThat(cache.get("k")).isNull();
                assertThat(fault.effects()).isPositive();
                assertThat(fixture.manager().health().state()).isEqualTo(CacheHealth.State.DOWN);
            }
            eventually(() -> "v".equals(cache.get("k")));
        }
    }

    @Nested
    @NearfarTest(settings = "nearfar.deadline = 9s")
    class Messages {
        @Test
        void loseMessages_nearAnswersStayBounded(NearfarFixture fixture, NearfarCache<String, String> cache) {
            NearfarCache<String, String> other = cacheOf(fixture.node());
            cache.put("k", "old");
            assertThat(cache.get("k")).isEqualTo("old");
            try (Fault fault = fixture.faults().loseMessages()) {
                other.put("k", "new");
                eventually(() -> "new".equals(cache.get("k")));
                eventually(() -> fault.effects() > 0);
            }
        }

        /** With beats so seldom that none comes, the loss shows until the next message. */
        @Test
        @NearfarTest(settings = {"nearfar.deadline = 9s", "nearfar.beat = 2m", "nearfar.near.lease = 4m"})
        void loseMessages_withoutBeats_showsUntilTheNextMessage(
                NearfarFixture fixture, NearfarCache<String, String> cache) {
            NearfarCache<String, String> other = cacheOf(fixture.node());
            cache.put("k", "old");
            eventually(() -> cache.figures().nearHits() > 0 || cache.get("k") == null);
            try (Fault fault = fixture.faults().loseMessages()) {
                other.put("k", "new");
                eventually(() -> fault.effects() > 0);
                assertThat(cache.get("k")).isEqualTo("old");
            }
            other.put("k", "newer");
            eventually(() -> "newer".equals(cache.get("k")));
        }
    }
}
