package io.nearfar.far;

import static io.nearfar.far.LimitBench.HOUR;
import static io.nearfar.far.LimitBench.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.limit.WindowModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** decide.lua about several like requests at one instant. */
class TogetherScriptTest {
    private static final long SECOND = 1_000_000;
    private static final int STRICT = -1;

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    /**
     * What becomes of each request is what a list of all instants says to one after the other, whatever the cost, the clock and
     * changes of the limit; also where the window was once leased, and its permits count for a second longer.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 3, false",
        "5, 2, 4, true",
        "20, 4, 64, false",
        "200, 1, 20, false",
        "200, 9, 64, true",
        "600, 1, 40, true",
        "600, 30, 10, false",
        "3000, 1, 64, false",
        "3000, 40, 64, false"
    })
    void requests_atRandom_areTheModel(int permits, int dearest, int most, boolean leased) {
        BENCHES.each(bench -> {
            for (int seed = 0; seed < 2; seed++) {
                bench.reset();
                new Walk(new LimitBench(bench), new Random(seed), permits, leased)
                        .steps(200, dearest, most, "seed " + seed);
            }
        });
    }

    /** A window, and the model of it, whose time is the server's and what has passed for the window. */
    private static final class Walk {
        private final LimitBench limits;
        private final Random random;
        private final int permits;
        private final long window;
        private final WindowModel model = new WindowModel();
        private long ahead;
        private long last = Long.MIN_VALUE;

        Walk(LimitBench limits, Random random, int permits, boolean leased) {
            this.limits = limits;
            this.random = random;
            this.permits = permits;
            this.window = leased ? HOUR + SECOND : HOUR;
            check(limits.decideTogether(permits, 1, 1, leased ? 0 : STRICT), permits, 1, 1, "first");
        }

        void steps(int count, int dearest, int most, String where) {
            int present = permits;
            for (int step = 0; step < count; step++) {
                present = random.nextInt(40) == 0 ? 1 + random.nextInt(permits) : present;
                int cost = 1 + random.nextInt(Math.min(present, dearest));
                int requests = 1 + random.nextInt(random.nextBoolean() ? Math.min(most, 5) : most);
                pass();
                check(
                        limits.decideTogether(present, cost, requests, STRICT),
                        present,
                        cost,
                        requests,
                        where + " step " + step);
            }
        }

        private void pass() {
            long passing = switch (random.nextInt(20)) {
                case 0 -> random.nextLong(2 * HOUR);
                case 1 -> -random.nextLong(HOUR / 4);
                case 2, 3 -> 0;
                default -> random.nextLong(20 * HOUR / permits);
            };
            limits.pass(passing);
            ahead += passing;
        }

        private void check(List<Object> reply, long present, long cost, int requests, String where) {
            long now = Numbers.of(reply, 1) + ahead;
            if (now < last) { // the newest that counts is the present of the window, until the clock is there
                ahead += last - now;
                now = last;
            }
            for (int number = 0; number < requests; number++) {
                long used = model.used(now, window);
                long oldest = model.oldest(now, window) - ahead;
                long freeIn = model.freeIn(now, window, present, cost);
                boolean fits = freeIn == 0;
                assertThat(LimitBench.verdict(LimitScripts.replyToOne(reply, number, cost))
                                .standings())
                        .as(where + " request " + number + " of " + requests)
                        .containsExactly(new Standing(fits ? used + cost : used, oldest, freeIn));
                if (fits) {
                    model.charge(now, cost);
                    last = now;
                }
            }
        }
    }

    /** Never more than the limit in any window, and never denied what a window longer by a hundredth has room for. */
    @ParameterizedTest
    @CsvSource({"20000, 300, 64", "20000, 3000, 20", "1000000, 20000, 64"})
    void counts_atRandom_neverAdmitTooMuchAndDenyForAHundredthLonger(int permits, int dearest, int most) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            Random random = new Random(permits);
            List<long[]> taken = new ArrayList<>();
            long ahead = 0;
            for (int step = 0; step < 200; step++) {
                if (step > 0) {
                    long passing = random.nextLong(random.nextInt(4) == 0 ? HOUR / 2 : HOUR / 50);
                    limits.pass(passing);
                    ahead += passing;
                }
                long cost = 1 + random.nextInt(dearest);
                int requests = 1 + random.nextInt(most);
                List<Object> reply = limits.decideTogether(permits, cost, requests, STRICT);
                long fitting = Numbers.of(reply, 0);
                long now = Numbers.of(reply, 1) + ahead;
                taken.add(new long[] {now, fitting * cost});
                assertThat(LimitBench.used(taken, now, HOUR)).as("step " + step).isLessThanOrEqualTo(permits);
                long freeIn = Numbers.of(reply, 4);
                assertThat(freeIn > 0).as("step " + step).isEqualTo(fitting < requests);
                if (fitting < requests) {
                    assertThat(LimitBench.used(taken, now, HOUR + HOUR / 100) + cost)
                            .as("step " + step)
                            .isGreaterThan(permits);
                    if (freeIn > 60 * SECOND) { // the test takes time, too
                        limits.pass(freeIn - 60 * SECOND);
                        assertThat(isFree(limits, permits, cost))
                                .as("step " + step)
                                .isFalse();
                        limits.pass(60 * SECOND - freeIn);
                    }
                    limits.pass(freeIn);
                    assertThat(isFree(limits, permits, cost)).as("step " + step).isTrue();
                    limits.pass(-freeIn);
                }
            }
        });
    }

    private static boolean isFree(LimitBench limits, long permits, long cost) {
        return limits.decide(List.of(KEY), cost, false, permits, HOUR).admitted();
    }

    /** Who is not counted for want of memory is admitted; so a full server must go on counting: a list, a ring, and counts. */
    @ParameterizedTest
    @CsvSource({"100, 3", "1000, 1", "1000, 7", "20000, 150"})
    void fullServer_goesOnCounting(long permits, long cost) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                long used = 0;
                while (used < permits) {
                    long fitting = Math.min(9, (permits - used) / cost);
                    if (fitting == 0) {
                        break;
                    }
                    used += fitting * cost;
                    List<Object> reply = limits.decideTogether(permits, cost, 9, STRICT);
                    assertThat(Numbers.of(reply, 0)).isEqualTo(fitting);
                    assertThat(Numbers.of(reply, 2)).isEqualTo(used);
                }
                assertThat(Numbers.of(limits.decideTogether(permits, cost, 9, STRICT), 0))
                        .isZero();
                assertThat(bench.life(KEY)).isBetween(HOUR / 1_000 - 60_000, HOUR / 1_000 + HOUR / 10_000);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
            }
        });
    }

    /** A limit that is raised or lowered over the line between the two ways of counting keeps what was counted. */
    @ParameterizedTest
    @CsvSource({"3, 3, 20000, 19990", "20000, 8, 10, 1"})
    void limit_changedOnTheFly_keepsItsCounts(long before, long used, long after, long cost) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(before, used);
            List<Object> reply = limits.decideTogether(after, cost, 5, STRICT);
            long fitting = (after - used) / cost;
            assertThat(Numbers.of(reply, 0)).isEqualTo(fitting);
            assertThat(Numbers.of(reply, 2)).isEqualTo(used + fitting * cost);
            assertThat(Numbers.of(reply, 4)).isBetween(HOUR, HOUR + HOUR / 100);
            limits.pass(Numbers.of(reply, 4));
            assertThat(limits.decide(after, cost).admitted()).isTrue();
        });
    }
}
