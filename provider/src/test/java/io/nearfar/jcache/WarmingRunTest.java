package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.WarmingPlan;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How fast a run loads, by a clock that the test moves. */
class WarmingRunTest {
    private final List<Long> pauses = new ArrayList<>();
    private long now = 5;

    private void pause(long nanos) {
        long waited = Math.max(0, nanos);
        pauses.add(TimeUnit.NANOSECONDS.toMillis(waited));
        now += waited;
    }

    private List<Long> pausesOf(WarmingPlan plan, Duration beforeTheFirst, Duration eachLoad) {
        try (Application application = Application.in(Mode.NEAR)) {
            WarmingRun<String, String> run = new WarmingRun<>(application.cache(), plan, this::pause, () -> now);
            now += beforeTheFirst.toNanos();
            for (int i = 0; i < 4; i++) {
                run.load("k" + i, context -> {
                    now += eachLoad.toNanos();
                    return "v";
                });
            }
            assertThat(run.loaded()).isEqualTo(4);
            return pauses;
        }
    }

    @Test
    void run_loadsNoFasterThanThePlanSays() {
        assertThat(pausesOf(WarmingPlan.of("p").withKeysPerSecond(10), Duration.ZERO, Duration.ofMillis(30)))
                .containsExactly(0L, 70L, 70L, 70L);
    }

    @Test
    void whatTookLongBefore_givesNoRoomForManyAtOnce() {
        assertThat(pausesOf(WarmingPlan.of("p").withKeysPerSecond(10), Duration.ofSeconds(60), Duration.ZERO))
                .containsExactly(0L, 100L, 100L, 100L);
    }

    @Test
    void slowLoads_waitForNothing() {
        assertThat(pausesOf(WarmingPlan.of("p").withKeysPerSecond(10), Duration.ZERO, Duration.ofMillis(300)))
                .containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void noLimit_waitsForNothing() {
        assertThat(pausesOf(WarmingPlan.of("p"), Duration.ZERO, Duration.ZERO)).containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void run_tellsEveryHalfMinute_howFarItHasCome() {
        try (CapturedLog log = new CapturedLog()) {
            pausesOf(WarmingPlan.of("p"), Duration.ofSeconds(1), Duration.ofMillis(14_500));
            assertThat(log.lines("NF0517"))
                    .hasSize(1)
                    .allMatch(line -> line.endsWith("NF0517 cities: the warming p has come to 2 keys"));
            pausesOf(WarmingPlan.of("q"), Duration.ZERO, Duration.ofSeconds(15));
            assertThat(log.lines("the warming q has come to 2 keys")).hasSize(1);
            assertThat(log.lines("the warming q has come to 4 keys")).hasSize(1);
            assertThat(log.lines("NF0517")).hasSize(3);
        }
    }
}
