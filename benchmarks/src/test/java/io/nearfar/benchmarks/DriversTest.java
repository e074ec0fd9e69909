package io.nearfar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.benchmarks.peer.City;
import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Operation;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is measured must be right before it is fast. */
class DriversTest {
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

    @ParameterizedTest
    @EnumSource(Peer.class)
    void driver_ofNumbers_answersRight(Peer peer) {
        try (Driver driver = peer.open(Values.NUMBER, redis.address())) {
            assertThat(driver.get("absent")).isNull();
            driver.put("a", 1L);
            driver.put("b", 2L);
            driver.put("a", 3L);
            assertThat(driver.get("a")).isEqualTo(3L);
            assertThat(driver.getAll(Set.of("a", "b")).values().stream().map(Object.class::cast))
                    .containsExactlyInAnyOrder(3L, 2L);
        }
    }

    static Stream<Peer> counting() {
        return Stream.concat(Peer.inProcess(Operation.INVOKE).stream(), Peer.onServer(Operation.INVOKE).stream())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("counting")
    void driver_increments_addsOneEachTime(Peer peer) {
        try (Driver driver = peer.open(Values.NUMBER, redis.address())) {
            assertThat(driver.increment("counter")).isEqualTo(1);
            assertThat(driver.increment("counter")).isEqualTo(2);
            assertThat(driver.get("counter")).isEqualTo(2L);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Peer.class, names = "CAFFEINE", mode = EnumSource.Mode.EXCLUDE)
    void driver_ofObjects_handsOutCopies(Peer peer) {
        try (Driver driver = peer.open(Values.OBJECT, redis.address())) {
            driver.put("a", City.numbered(7));
            City first = (City) driver.get("a");
            assertThat(first).isEqualTo(City.numbered(7));
            first.setPopulation(-1);
            assertThat(driver.get("a")).isEqualTo(City.numbered(7));
        }
    }
}
