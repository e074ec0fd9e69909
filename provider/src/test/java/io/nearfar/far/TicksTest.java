package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.far.Ticks.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times in milliseconds. */
class TicksTest {
    private static final long START = 1_000;

    private static Ticks ticks(long period) {
        return new Ticks(Duration.ofMillis(period), nanos(START));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @ParameterizedTest
    @CsvSource({"200, 50", "1000, 250", "10000, 250", "3600000, 250", "10, 2.5"})
    void ticks_areFourTimesBetweenBeats_andFourTimesASecondAtLeast(long period, double every) {
        assertThat(ticks(period).everyNanos()).isEqualTo((long) (every * nanos(1)));
    }

    private static List<Boolean> ofBeats(Ticks ticks, long every, int count) {
        List<Boolean> ofBeats = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Tick tick = ticks.next(nanos(START + i * every));
            assertThat(tick.stoodStill()).isFalse();
            ofBeats.add(tick.isOfBeats());
        }
        return ofBeats;
    }

    @Test
    void shortBeats_mayBeDueInEachTick() {
        assertThat(ofBeats(ticks(200), 50, 8)).containsOnly(true);
    }

    @Test
    void longBeats_mayBeDueInEachQuarter() {
        assertThat(ofBeats(ticks(2_000), 250, 5)).containsExactly(false, true, false, true, false);
    }

    @Test
    void whoMissesATick_hasStoodStill() {
        Ticks ticks = ticks(200);
        assertThat(ticks.next(nanos(START + 100)).stoodStill()).isFalse();
        assertThat(ticks.next(nanos(START + 201)).stoodStill()).isTrue();
        assertThat(ticks.next(nanos(START + 251)).stoodStill()).isFalse();
    }
}
