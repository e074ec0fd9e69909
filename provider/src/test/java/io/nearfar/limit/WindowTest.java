package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Limit;
import io.nearfar.far.Standing;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The windows in the process, beside the naive twin. */
class WindowTest {
    private static final int STEPS = 4_000;

    private static Limit limit(long permits, long micros) {
        return new Limit("l", permits, Duration.ofNanos(1_000 * micros));
    }

    @Test
    void ring_countsForExactlyAWindow() {
        Limit limit = limit(2, 1_000);
        Ring ring = new Ring();
        ring.charge(100, limit, 1);
        ring.charge(300, limit, 1);
        assertThat(ring.look(300, limit, 1)).isEqualTo(new Standing(2, 100, 800));
        assertThat(ring.look(1_099, limit, 1)).isEqualTo(new Standing(2, 100, 1));
        assertThat(ring.look(1_100, limit, 1)).isEqualTo(new Standing(1, 300, 0));
        assertThat(ring.look(1_100, limit, 2)).isEqualTo(new Standing(1, 300, 200));
        assertThat(ring.isOver(1_299)).isFalse();
        assertThat(ring.isOver(1_300)).isTrue();
        assertThat(ring.look(1_300, limit, 2)).isEqualTo(new Standing(0, 1_300, 0));
    }

    /** The limit changes now and then, as it may while an application runs. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "10, 3", "100, 20", "100, 1"})
    void ring_atRandom_isTheModel(long permits, long dearest) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Ring ring = new Ring();
            WindowModel model = new WindowModel();
            long window = 1_000;
            long now = 5;
            long present = permits;
            for (int step = 0; step < STEPS / 20; step++) {
                now += random.nextInt(4) == 0 ? random.nextInt(1_200) : random.nextInt((int) (2_000 / permits) + 1);
                present = random.nextInt(50) == 0 ? 1 + random.nextInt((int) permits) : present;
                long cost = 1 + random.nextInt((int) Math.min(present, dearest));
                Limit limit = limit(present, window);
                Standing expected = new Standing(
                        model.used(now, window), model.oldest(now, window), model.freeIn(now, window, present, cost));
                assertThat(ring.look(now, limit, cost))
                        .as("seed " + seed + " step " + step)
                        .isEqualTo(expected);
                if (expected.freeIn() == 0) {
                    ring.charge(now, limit, cost);
                    model.charge(now, cost);
                }
            }
        }
    }

    /** Never more than the limit in any window, and never denied what a window longer by a hundredth has room for. */
    @ParameterizedTest
    @CsvSource({"20000, 100000, 3000", "15000, 1000, 9000", "1000000, 86400000, 200000"})
    void counts_atRandom_neverAdmitTooMuchAndDenyForAHundredthLonger(long permits, long window, int dearest) {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Limit limit = limit(permits, window);
            Counts counts = new Counts(limit);
            Tally tally = new Tally();
            long now = 7;
            for (int step = 0; step < STEPS / 10; step++) {
                now += random.nextInt(4) == 0
                        ? random.nextInt((int) window / 2)
                        : random.nextInt((int) window / 50 + 1);
                long cost = 1 + random.nextInt(dearest);
                Standing standing = counts.look(now, limit, cost);
                String where = "seed " + seed + " step " + step;
                if (standing.freeIn() == 0) {
                    assertThat(tally.used(now, window) + cost).as(where).isLessThanOrEqualTo(permits);
                    counts.charge(now, limit, cost);
                    tally.add(now, cost);
                } else {
                    assertThat(tally.used(now, window + (window + 99) / 100) + cost)
                            .as(where)
                            .isGreaterThan(permits);
                    assertThat(counts.look(now + standing.freeIn(), limit, cost).freeIn())
                            .as(where)
                            .isZero();
                    assertThat(counts.look(now + standing.freeIn() - 1, limit, cost)
                                    .freeIn())
                            .as(where)
                            .isOne();
                }
            }
        }
    }

    @Test
    void counts_areOverAWindowAfterTheirHundredth() {
        Limit limit = limit(20_000, 1_000);
        Counts counts = new Counts(limit);
        counts.charge(105, limit, 20_000);
        assertThat(counts.look(1_109, limit, 1)).isEqualTo(new Standing(20_000, 100, 1));
        assertThat(counts.look(1_110, limit, 1)).isEqualTo(new Standing(0, 1_110, 0));
        assertThat(counts.isOver(1_109)).isFalse();
        assertThat(counts.isOver(1_110)).isTrue();
    }

    /** Instants and how many permits were taken at each. */
    private static final class Tally {
        private final java.util.List<long[]> taken = new java.util.ArrayList<>();

        void add(long now, long cost) {
            taken.add(new long[] {now, cost});
        }

        long used(long now, long window) {
            return taken.stream()
                    .filter(each -> each[0] > now - window)
                    .mapToLong(each -> each[1])
                    .sum();
        }
    }
}
