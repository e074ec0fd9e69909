package io.nearfar.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A bar says what a figure has to be, and its outcome what it is. */
class OutcomeTest {
    private static final Measured OURS = Measured.of("Nearfar, near", new Series(List.of(10.0, 12.0, 30.0)), "ns");
    private static final Measured THEIRS = Measured.of("Caffeine", new Series(List.of(10.0, 10.0, 10.0)), "ns");

    @Test
    void ratio_ofMedians_decidesWhetherTheBarIsHeld() {
        Outcome outcome = Outcome.ratio(Bar.atMost("a hit", 1.5), OURS, THEIRS);

        assertThat(outcome.held()).isTrue();
        assertThat(outcome.row())
                .containsExactly("a hit", "12.0 ns", "10.0 ns, Caffeine", "1.00 / 1.20 / 3.00", "≤ 1.50 ×", "yes");
        assertThat(Outcome.ratio(Bar.atMost("a hit", 1.1), OURS, THEIRS).held()).isFalse();
    }

    @Test
    void times_saysHowOftenOursFitsIntoTheirs() {
        Outcome outcome = Outcome.times(Bar.atLeast("a hit", 8), OURS, THEIRS);

        assertThat(outcome.held()).isFalse();
        assertThat(outcome.row().get(3)).isEqualTo("0.33 / 0.83 / 1.00");
        assertThat(outcome.row().get(5)).isEqualTo("**no**");
    }

    @Test
    void failure_ofEither_isNoFigure_andNeverHeld() {
        Measured failed = Measured.failed("Ehcache's JCache", "no memory");

        for (Outcome outcome : List.of(
                Outcome.ratio(Bar.atMost("a hit", 100), failed, THEIRS),
                Outcome.ratio(Bar.atMost("a hit", 100), OURS, failed))) {
            assertThat(outcome.held()).isFalse();
            assertThat(outcome.alarming()).isTrue();
            assertThat(outcome.row()).contains("none: Ehcache's JCache: no memory", "no figure");
        }
    }

    @Test
    void nothingMeasured_isAFailure() {
        assertThat(Measured.of("Nearfar, near", new Series(List.of()), "ns").failed())
                .isTrue();
    }

    @Test
    void alarm_isWiderThanTheBar() {
        Bar most = Bar.atMost("a hit", 1.5);
        Bar least = Bar.atLeast("a hit", 15);

        assertThat(most.heldBy(1.6)).isFalse();
        assertThat(most.alarmedBy(4.4)).isFalse();
        assertThat(most.alarmedBy(4.6)).isTrue();
        assertThat(least.heldBy(14)).isFalse();
        assertThat(least.alarmedBy(5.1)).isFalse();
        assertThat(least.alarmedBy(4.9)).isTrue();
        assertThat(most.withAlarm(9).alarmedBy(4.6)).isFalse();
    }
}
