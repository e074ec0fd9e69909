package io.nearfar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nearfar.benchmarks.peer.City;
import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Duties;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured must be right before it is fast. */
class DriversTest {
    private static final Set<Peer> COUNTING = EnumSet.complementOf(
            EnumSet.of(Peer.HAZELCAST_NEAR, Peer.JETCACHE, Peer.REDISSON_LOCAL, Peer.REDISSON_MAP, Peer.REDISSON_MGET));

    private static RedisProcess redis;

    @BeforeAll
    static void startRedis() throws IOException {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Test
    void provider_onTheClassPath_isThePackagedJar() {
        assertThat(PackagedProvider.jar()).endsWith(".jar");
    }

    /** One opening of each peer shows all of it: some take seconds. */
    @ParameterizedTest
    @EnumSource(Peer.class)
    void driver_ofNumbers_answersRight(Peer peer) {
        Opening opening = Opening.of(Values.NUMBER, redis.address()).withDuties(Duties.STATISTICS_AND_EXPIRY);
        try (Driver driver = peer.open(opening)) {
            assertThat(driver.get("absent")).isNull();
            driver.put("a", 1L);
            driver.put("b", 2L);
            driver.put("a", 3L);
            assertThat(driver.get("a")).isEqualTo(3L);
            assertThat(driver.getAll(Set.of("a", "b")).values().stream().map(Object.class::cast))
                    .containsExactlyInAnyOrder(3L, 2L);

            driver.putAll(Map.of("c", 4L, "d", 5L));
            assertThat(driver.get("c")).isEqualTo(4L);
            assertThat(driver.get("d")).isEqualTo(5L);

            if (COUNTING.contains(peer)) {
                assertThat(driver.increment("counter")).isEqualTo(1);
                assertThat(driver.increment("counter")).isEqualTo(2);
                assertThat(driver.get("counter")).isEqualTo(2L);
            } else {
                assertThatExceptionOfType(UnsupportedOperationException.class)
                        .isThrownBy(() -> driver.increment("counter"));
            }
        }
    }

    /** Those whose figures of objects are shown, and what they are compared with. */
    @ParameterizedTest
    @EnumSource(
            value = Peer.class,
            names = {
                "CAFFEINE",
                "CAFFEINE_JCACHE",
                "CACHE2K_JCACHE",
                "EHCACHE_JCACHE",
                "HAZELCAST_NEAR",
                "NEARFAR_NEAR",
                "NEARFAR_TIERED",
                "LETTUCE"
            })
    void driver_ofObjects_handsOutCopies_orSaysThatItDoesNot(Peer peer) {
        try (Driver driver = peer.open(Opening.of(Values.OBJECT, redis.address()))) {
            driver.put("a", City.numbered(7));
            City first = (City) driver.get("a");

            assertThat(first).isEqualTo(City.numbered(7));
            first.setPopulation(-1);
            City second = (City) driver.get("a");
            assertThat(second.equals(City.numbered(7))).isNotEqualTo(peer.byReference());
        }
    }
}
