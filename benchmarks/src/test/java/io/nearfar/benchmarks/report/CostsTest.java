package io.nearfar.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Costs are those of all threads. */
class CostsTest {
    @Test
    void allocation_isCounted() {
        Costs before = Costs.now();
        byte[][] kept = new byte[100][];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = new byte[10_000];
        }

        Costs costs = Costs.now().since(before);

        assertThat(costs.bytes()).isGreaterThanOrEqualTo(1_000_000L * kept.length / 100);
        assertThat(costs.nanos()).isPositive();
    }

    @Test
    void threadThatEnded_makesNothingNegative() {
        Costs more = new Costs(10, 10);

        assertThat(new Costs(5, 20).since(more)).isEqualTo(new Costs(0, 10));
    }
}
