package io.nearfar.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.benchmarks.report.Costs.Look;
import org.junit.jupiter.api.Test;

/** Costs are those of all threads. */
class CostsTest {
    @Test
    void allocation_isCounted() {
        Look before = Costs.now();
        byte[][] kept = new byte[100][];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = new byte[10_000];
        }

        Costs costs = before.costs();

        assertThat(costs.bytes()).isGreaterThanOrEqualTo(1_000_000L * kept.length / 100);
        assertThat(costs.nanos()).isPositive();
    }

    @Test
    void otherThread_isCounted_alsoOneThatIsNew() {
        Look before = new Look(new long[] {1, 2}, new long[] {10, 20}, new long[] {100, 200});
        Look after = new Look(new long[] {3, 2, 1}, new long[] {3, 25, 17}, new long[] {30, 250, 170});

        assertThat(after.since(before)).isEqualTo(new Costs(3 + 5 + 7, 30 + 50 + 70));
    }

    @Test
    void threadThatEnded_takesNothingFromTheOthers() {
        Look before = new Look(new long[] {1, 2, 3}, new long[] {1_000, 20, 5}, new long[] {9_999, 200, 7});
        Look after = new Look(new long[] {2, 3}, new long[] {25, -1}, new long[] {250, -1});

        assertThat(after.since(before)).isEqualTo(new Costs(5, 50));
    }

    @Test
    void threadThatEndedWhileItWasAsked_countsFromNothing() {
        Look before = new Look(new long[] {1}, new long[] {-1}, new long[] {-1});
        Look after = new Look(new long[] {1}, new long[] {4}, new long[] {40});

        assertThat(after.since(before)).isEqualTo(new Costs(4, 40));
    }
}
