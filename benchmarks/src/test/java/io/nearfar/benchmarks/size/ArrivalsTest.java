package io.nearfar.benchmarks.size;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A write has reached a node that was told before the next write. */
class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals(List.of(10_000_000L, 20_000_000L, 30_000_000L));

    @Test
    void firstInstantAfterAWrite_isItsArrival() {
        arrivals.add(List.of(32_000_000L, 11_000_000L, 20_500_000L, 20_700_000L));

        assertThat(arrivals.millis()).containsExactly(0.5, 1.0, 2.0);
        assertThat(arrivals.missed()).isZero();
    }

    @Test
    void instantBeforeTheFirstWrite_isNobodys() {
        arrivals.add(List.of(9_000_000L, 20_000_000L));

        assertThat(arrivals.millis()).containsExactly(0.0);
        assertThat(arrivals.missed()).isEqualTo(2);
    }

    @Test
    void nodeThatWasToldNothing_missedAll() {
        arrivals.add(List.of());

        assertThat(arrivals.millis()).isEmpty();
        assertThat(arrivals.missed()).isEqualTo(3);
    }
}
