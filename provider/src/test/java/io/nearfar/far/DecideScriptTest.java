package io.nearfar.far;

import static io.nearfar.far.LimitBench.HOUR;
import static io.nearfar.far.LimitBench.KEY;
import static io.nearfar.far.LimitBench.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.far.LimitBench.Charge;
import io.nearfar.limit.WindowModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** decide.lua, refund.lua and forget.lua. */
class DecideScriptTest {
    private static final List<String> BOTH = List.of(KEY, OTHER);
    private static final long SECOND = 1_000_000;

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    @Test
    void window_isFullAndThenFreeAgain() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            Verdict first = limits.decide(2, 1);
            assertThat(first.standings()).containsExactly(new Standing(1, first.now(), 0));
            limits.pass(HOUR / 2);
            long oldest = first.now() - HOUR / 2;
            assertThat(limits.decide(2, 1).standings()).containsExactly(new Standing(2, oldest, 0));
            Verdict third = limits.decide(2, 1);
            assertThat(third.admitted()).isFalse();
            long freeIn = oldest + HOUR - third.now();
            assertThat(third.standings()).containsExactly(new Standing(2, oldest, freeIn));
            limits.pass(freeIn - SECOND);
            assertThat(limits.decide(2, 1).admitted()).isFalse();
            limits.pass(SECOND);
            assertThat(limits.decide(2, 2).standings())
                    .extracting(Standing::used)
                    .containsExactly(1L);
            assertThat(limits.decide(2, 1).admitted()).isTrue();
        });
    }

    /** Every decision is that of a list of all instants, whatever the cost, the clock and changes of the limit. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "20, 4", "200, 30", "200, 1", "600, 90", "3000, 800"})
    void ring_atRandom_isTheModel(int permits, int dearest) {
        BENCHES.each(bench -> {
            for (int seed = 0; seed < 2; seed++) {
                bench.reset();
                follow(new LimitBench(bench), new Random(seed), permits, dearest, "seed " + seed);
            }
        });
    }

    private static void follow(LimitBench limits, Random random, int permits, int dearest, String where) {
        WindowModel model = new WindowModel();
        long ahead = 0;
        long last = Long.MIN_VALUE;
        int present = permits;
        for (int step = 0; step < 250; step++) {
            present = random.nextInt(40) == 0 ? 1 + random.nextInt(permits) : present;
            int cost = 1 + random.nextInt(Math.min(present, dearest));
            if (last != Long.MIN_VALUE) {
                long passing = passing(random, permits);
                limits.pass(passing);
                ahead += passing;
            }
            Verdict verdict = limits.decide(present, cost);
            long now = verdict.now() + ahead;
            if (now < last) {
                ahead += last - now;
                now = last;
            }
            long used = model.used(now, HOUR);
            long oldest = model.oldest(now, HOUR) - ahead;
            long freeIn = model.freeIn(now, HOUR, present, cost);
            boolean admitted = freeIn == 0;
            assertThat(verdict.standings())
                    .as(where + " step " + step)
                    .containsExactly(new Standing(admitted ? used + cost : used, oldest, freeIn));
            if (admitted) {
                model.charge(now, cost);
                last = now;
            }
        }
    }

    private static long passing(Random random, int permits) {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextLong(2 * HOUR);
            case 1 -> -random.nextLong(HOUR / 4);
            default -> random.nextLong(2 * HOUR / permits);
        };
    }

    /** Never more than the limit in any window, and never denied what a window longer by a hundredth has room for. */
    @ParameterizedTest
    @CsvSource({"20000, 3000", "1000000, 200000"})
    void counts_atRandom_neverAdmitTooMuchAndDenyForAHundredthLonger(int permits, int dearest) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            Random random = new Random(permits);
            List<long[]> taken = new ArrayList<>();
            long ahead = 0;
            for (int step = 0; step < 300; step++) {
                if (step > 0) {
                    long passing = random.nextLong(random.nextInt(4) == 0 ? HOUR / 2 : HOUR / 50);
                    limits.pass(passing);
                    ahead += passing;
                }
                int cost = 1 + random.nextInt(dearest);
                Verdict verdict = limits.decide(permits, cost);
                long now = verdict.now() + ahead;
                if (verdict.admitted()) {
                    assertThat(LimitBench.used(taken, now, HOUR) + cost)
                            .as("step " + step)
                            .isLessThanOrEqualTo(permits);
                    taken.add(new long[] {now, cost});
                } else {
                    assertThat(LimitBench.used(taken, now, HOUR + HOUR / 100) + cost)
                            .as("step " + step)
                            .isGreaterThan(permits);
                    long freeIn = verdict.standings().get(0).freeIn();
                    limits.pass(freeIn);
                    assertThat(limits.decide(List.of(KEY), cost, false, permits, HOUR)
                                    .admitted())
                            .isTrue();
                    limits.pass(-freeIn);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"2, 20000", "20000, 2", "2, 2", "20000, 20000", "2, 1000", "1000, 300"})
    void severalLimits_denyTogetherAndChargeNone(long one, long other) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            assertThat(limits.decide(BOTH, 1, true, one, HOUR, other, HOUR).standings())
                    .extracting(Standing::used)
                    .containsExactly(1L, 1L);
            limits.decide(List.of(OTHER), other - 1, true, other, HOUR);
            Map<String, String> state = bench.state();
            Verdict denied = limits.decide(BOTH, 1, true, one, HOUR, other, HOUR);
            assertThat(denied.admitted()).isFalse();
            assertThat(denied.standings()).extracting(Standing::used).containsExactly(1L, other);
            assertThat(denied.standings().get(0).freeIn()).isZero();
            assertThat(denied.standings().get(1).freeIn()).isPositive();
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 20_000})
    void look_andLateCall_changeNothing(long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            Map<String, String> empty = bench.state();
            assertThat(limits.decide(List.of(KEY), 2, false, permits, HOUR).standings())
                    .extracting(Standing::used)
                    .containsExactly(0L);
            assertThat(bench.state()).isEqualTo(empty);
            limits.decide(permits, 1);
            Map<String, String> state = bench.state();
            limits.decide(List.of(KEY), 2, false, permits, HOUR);
            assertThat(bench.run(Script.DECIDE, bench.now() - 1, List.of(KEY), 1, 1, 10_000, permits, HOUR, -1)
                            .get(0))
                    .isEqualTo(-1L);
            assertThat(bench.run(Script.FORGET, bench.now() - 1, List.of(KEY)).get(0))
                    .isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @Test
    void forget_leavesNothing() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            Map<String, String> empty = bench.state();
            limits.decide(BOTH, 1, true, 5, HOUR, 20_000, HOUR);
            assertThat(bench.run(Script.FORGET, BOTH)).containsExactly(1L);
            assertThat(bench.state()).isEqualTo(empty);
        });
    }

    /** No shorter than what it holds counts, and gone soon after. */
    @ParameterizedTest
    @CsvSource({"5, 3600000, 3600001", "20000, 3600000, 3636001"})
    void window_expires(long permits, long shortest, long longest) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            for (int i = 0; i < 3; i++) {
                limits.decide(permits, 1);
                bench.call("PEXPIRE", KEY, 60_000);
                limits.decide(permits, 1);
                assertThat(bench.life(KEY)).isBetween(shortest - 60_000, longest);
                limits.pass(HOUR / 2);
            }
        });
    }

    /** The clock does not have to catch up before permits come back, also where requests are only denied meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 20_000})
    void clockSetBack_delaysNobodyForLongerThanAWindow(long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(permits, permits);
            limits.pass(HOUR / 2);
            limits.decide(permits, 1);
            limits.pass(-48 * HOUR);
            Verdict denied = limits.decide(permits, 1);
            assertThat(denied.standings().get(0).freeIn()).isBetween(HOUR / 2 - HOUR / 50, HOUR + HOUR / 50);
            limits.pass(denied.standings().get(0).freeIn());
            assertThat(limits.decide(permits, 1).admitted()).isTrue();
        });
    }

    /** A limit that is raised or lowered over the line between the two ways of counting keeps what was counted. */
    @Test
    void limit_changedOnTheFly_keepsItsCounts() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(3, 3);
            assertThat(limits.decide(20_000, 19_998).admitted()).isFalse();
            assertThat(limits.decide(20_000, 19_997).standings())
                    .extracting(Standing::used)
                    .containsExactly(20_000L);
            assertThat(limits.decide(5, 1).admitted()).isFalse();
            limits.pass(HOUR + HOUR / 100);
            assertThat(limits.decide(5, 1).standings())
                    .extracting(Standing::used)
                    .containsExactly(1L);
            assertThat(limits.decide(5, 4).admitted()).isTrue();
            assertThat(limits.decide(5, 1).admitted()).isFalse();
        });
    }

    @Test
    void window_changedOnTheFly_holdsFromTheNextDecision() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(3, 3);
            limits.pass(HOUR / 2);
            assertThat(limits.decide(3, 1).admitted()).isFalse();
            assertThat(limits.decide(List.of(KEY), 1, true, 3, HOUR / 2).admitted())
                    .isTrue();
            assertThat(limits.decide(List.of(KEY), 1, true, 20_000, HOUR).admitted())
                    .isTrue();
            assertThat(limits.decide(List.of(KEY), 20_000, true, 20_000, HOUR / 3)
                            .admitted())
                    .isFalse();
        });
    }

    /** What is none of ours counts as empty, and the next charge takes its place. */
    @ParameterizedTest
    @ValueSource(longs = {2, 20_000})
    void garbage_countsAsEmpty(long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            List<Runnable> garbage = List.of(
                    () -> bench.call("HSET", KEY, "field", "value"),
                    () -> bench.call("SET", KEY, ""),
                    () -> bench.call("SET", KEY, "\1 is not enough"),
                    () -> bench.call("SET", KEY, "\1" + "x".repeat(40)),
                    () -> bench.call("SET", KEY, "\1" + "x".repeat(4_000)),
                    () -> bench.call("SET", KEY, "\5"),
                    () -> bench.call("SET", KEY, "\5" + "x".repeat(7)),
                    () -> bench.call("SET", KEY, "\5" + "x".repeat(40)),
                    () -> bench.call("SET", KEY, "\5" + "x".repeat(7 + 6 * 193)),
                    () -> bench.call("SET", KEY, "\7" + "x".repeat(4_000)),
                    () -> bench.call("SET", KEY, "\t" + "x".repeat(40)),
                    () -> bench.call("SET", KEY, "\t" + "x".repeat(4_000)),
                    () -> bench.call("SET", KEY, "\2" + "\0".repeat(525)),
                    () -> bench.call("SET", KEY, "\3" + "x".repeat(525)));
            for (Runnable put : garbage) {
                bench.call("DEL", KEY);
                put.run();
                assertThat(limits.decide(permits, 1).standings())
                        .extracting(Standing::used)
                        .containsExactly(1L);
                assertThat(limits.decide(permits, permits - 1).admitted()).isTrue();
                assertThat(limits.decide(permits, 1).admitted()).isFalse();
            }
        });
    }

    /** Half of these are full; a key that makes few requests costs little, whatever the limit. */
    @ParameterizedTest
    @CsvSource({
        "10, 10",
        "100, 100",
        "192, 192",
        "193, 193",
        "300, 300",
        "1000, 1000",
        "10000, 10000",
        "10000, 4",
        "1000000, 1000000"
    })
    void window_takesLittleRoom(long permits, long used) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            for (long i = 0; i < used; i += Math.max(1, used / 100)) {
                assertThat(limits.decide(permits, Math.max(1, used / 100)).admitted())
                        .isTrue();
            }
            long slots = Math.min(Math.max(used, 8), 100_000);
            assertThat((Long) bench.call("MEMORY", "USAGE", KEY)).isLessThanOrEqualTo(8 * slots + 128);
        });
    }

    /** Whoever takes back some of what was charged, in whatever order, leaves what a list without them would have. */
    @ParameterizedTest
    @CsvSource({"5, 2", "20, 4", "200, 30", "300, 1", "600, 90", "3000, 800"})
    void refund_atRandom_isAsIfItWereNeverCharged(int permits, int dearest) {
        BENCHES.each(bench -> {
            for (int seed = 0; seed < 2; seed++) {
                bench.reset();
                refundSome(new LimitBench(bench), new Random(seed), permits, dearest, "seed " + seed);
            }
        });
    }

    private static void refundSome(LimitBench limits, Random random, int permits, int dearest, String where) {
        WindowModel model = new WindowModel();
        List<Charged> charges = new ArrayList<>();
        long ahead = 0;
        for (int step = 0; step < 200; step++) {
            Charge charge = limits.charge(permits, 1 + random.nextInt(dearest));
            if (charge.verdict().admitted()) {
                charges.add(new Charged(charge, ahead));
                model.charge(charge.verdict().now() + ahead, charge.cost());
            }
            if (!charges.isEmpty() && random.nextInt(3) > 0) {
                Charged back = charges.remove(Math.max(0, charges.size() - 1 - random.nextInt(4)));
                model.refund(back.charge.verdict().now() + back.ahead, back.charge.cost());
                assertThat(limits.refund(back.charge, ahead - back.ahead)).isTrue();
                assertThat(limits.refund(back.charge, ahead - back.ahead)).isFalse();
            }
            if (limits.exists()) {
                long passing = random.nextLong(HOUR / permits);
                limits.pass(passing);
                ahead += passing;
            } else {
                charges.clear();
            }
            long horizon = ahead - HOUR * 9 / 10;
            charges.removeIf(charged -> charged.ahead < horizon);
            Verdict look = limits.decide(List.of(KEY), 1, false, permits, HOUR);
            long now = look.now() + ahead;
            Standing expected = new Standing(
                    model.used(now, HOUR), model.oldest(now, HOUR) - ahead, model.freeIn(now, HOUR, permits, 1));
            assertThat(look.standings()).as(where + " step " + step).containsExactly(expected);
        }
    }

    /** What was charged when so many microseconds had passed. */
    private record Charged(Charge charge, long ahead) {}

    @ParameterizedTest
    @ValueSource(longs = {20_000, 1_000_000})
    void refund_ofCounts_takesNoMoreThanWasCharged(long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(permits, 7);
            Charge charge = limits.charge(permits, permits - 7);
            limits.pass(HOUR / 2);
            assertThat(limits.decide(permits, 1).admitted()).isFalse();
            assertThat(limits.refund(charge, HOUR / 2)).isTrue();
            assertThat(limits.refund(charge, HOUR / 2)).isFalse();
            assertThat(limits.decide(permits, permits - 7).standings())
                    .extracting(Standing::used)
                    .containsExactly(permits);
        });
    }

    /** Neither what has begun anew since, nor what counts from another base, nor what is too late or not there. */
    @ParameterizedTest
    @ValueSource(longs = {5, 20_000})
    void refund_ofAnotherWindow_changesNothing(long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            Charge charge = limits.charge(permits, 2);
            limits.pass(1_000);
            Map<String, String> state = bench.state();
            assertThat(limits.refund(charge, 0)).isFalse();
            assertThat(bench.run(
                                    Script.REFUND,
                                    bench.now() - 1,
                                    List.of(KEY),
                                    2,
                                    charge.verdict().now(),
                                    charge.base())
                            .get(0))
                    .isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
            for (String other : List.of(
                    "", "\1 is not enough", "\5" + "x".repeat(40), "\t" + "x".repeat(400), "\2" + "x".repeat(525))) {
                bench.call("SET", KEY, other, "PX", 60_000);
                state = bench.state();
                assertThat(limits.refund(charge, 0)).isFalse();
                assertThat(bench.state()).isEqualTo(state);
            }
            bench.call("DEL", KEY);
            assertThat(limits.refund(charge, 0)).isFalse();
            assertThat(limits.exists()).isFalse();
        });
    }

    /** A window that has been emptied is gone, and one that has not keeps its expiry. */
    @Test
    void refund_leavesTheExpiry() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            Charge first = limits.charge(5, 2);
            Charge second = limits.charge(5, 3);
            assertThat(limits.refund(first, 0)).isTrue();
            assertThat(bench.life(KEY)).isBetween(HOUR / 1_000 - 60_000, HOUR / 1_000 + 1);
            assertThat(limits.refund(second, 0)).isTrue();
            assertThat(limits.exists()).isFalse();
        });
    }

    /** To set what is left would delete the window, and what is written after that would stay for ever. */
    @ParameterizedTest
    @ValueSource(longs = {5, 20_000})
    void refund_ofAWindowWithoutTime_changesNothing(long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            Charge charge = limits.charge(permits, 2);
            limits.charge(permits, 1);
            Map<String, String> state = bench.state();
            assertThat(limits.refundAtTheEnd(charge)).isFalse();
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.life(KEY)).isPositive();
            bench.call("PERSIST", KEY);
            assertThat(limits.refund(charge, 0)).isFalse();
            assertThat(bench.state()).isEqualTo(state);
            assertThat(limits.decide(List.of(KEY), 1, false, permits, HOUR).standings())
                    .extracting(Standing::used)
                    .containsExactly(3L);
        });
    }

    /** A stall of the server within the script: the window is gone when its stamp is written. */
    @ParameterizedTest
    @ValueSource(longs = {5, 20_000})
    void charge_ofAWindowThatIsOverMeanwhile_leavesNothingForEver(long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(permits, 1);
            limits.decideAtTheEnd(permits, 1);
            assertThat(bench.life(KEY)).isBetween(1L, HOUR / 1_000 + HOUR / 100_000 + 1);
        });
    }

    /** Who is not counted for want of memory is admitted; so a full server must go on counting, also keys that it has not met. */
    @ParameterizedTest
    @CsvSource({"100, 100", "20000, 20000", "20000, 100"})
    void fullServer_goesOnCounting(long one, long other) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                for (long used = 4; used <= 40; used += 4) {
                    assertThat(limits.decide(BOTH, 4, true, one, HOUR, other, HOUR)
                                    .standings())
                            .extracting(Standing::used)
                            .containsExactly(used, used);
                }
                assertThat(limits.refund(limits.charge(one, 3), 0)).isTrue();
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
            }
        });
    }
}
