package io.nearfar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.benchmarks.peer.LimiterDriver;
import io.nearfar.benchmarks.peer.LimiterPeer;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.peer.ServerFigures.Work;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rate limiters that are compared count by the server. */
class LimiterDriversTest {
    private static RedisProcess redis;

    @BeforeAll
    static void startRedis() throws IOException {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    /** What is leased is asked about now and then. */
    @Test
    void leasedLimit_isDecidedByTheNode() {
        LimiterPeer leased = LimiterPeer.NEARFAR_LEASED;
        try (LimiterDriver driver = leased.open(redis.address());
                ServerFigures figures = ServerFigures.of(redis.address())) {
            Work before = figures.work(leased.commands());
            for (int i = 0; i < 10_000; i++) {
                assertThat(driver.admits("a")).isTrue();
            }
            assertThat(figures.work(leased.commands()).since(before).calls()).isBetween(1L, 5_000L);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEARFAR_LEASED")
    void driver_asksTheServer_andIsAdmitted(LimiterPeer peer) {
        try (LimiterDriver driver = peer.open(redis.address());
                ServerFigures figures = ServerFigures.of(redis.address())) {
            assertThat(driver.admits("a")).isTrue();
            Work before = figures.work(peer.commands());
            for (int i = 0; i < 10; i++) {
                assertThat(driver.admits("a")).isTrue();
            }
            Work work = figures.work(peer.commands()).since(before);
            assertThat(work.calls()).isGreaterThanOrEqualTo(10);
            assertThat(work.micros()).isPositive();
        }
    }
}
