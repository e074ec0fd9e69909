package io.nearfar.far;

import static io.nearfar.far.LimitBench.HOUR;
import static io.nearfar.far.LimitBench.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Limit;
import io.nearfar.far.LimitBench.Charge;
import io.nearfar.limit.WindowModel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** decide.lua and refund.lua about lists of permits that become rings of blocks, and rings that become lists. */
class RingScriptTest {
    private static final int MOST_OF_A_LIST = 192;
    private static final int BLOCK = 16;
    private static final int RING_ENDS = 10;
    private static final int RING_FRONT = 217;
    private static final int STRICT = -1;
    private static final byte LIST = 5;
    private static final byte RING = 9;

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static byte[] bytes(ScriptBench bench) {
        return (byte[]) bench.call("GET", KEY);
    }

    /**
     * Permit by permit, as a window is used that is never empty: around the ring several times, with bursts and pauses, and
     * permits that are taken back or a clock that is set back now and then, every decision is that of a list of all instants.
     */
    @ParameterizedTest
    @CsvSource({"193, true", "193, false", "209, false", "400, true", "1500, false"})
    void window_inSteadyUse_isTheModel(int permits, boolean takesBack) {
        BENCHES.each(bench ->
                new Use(new LimitBench(bench), permits, takesBack, new Random(permits)).steps(500 + permits / 2));
    }

    /** A window, and the model of it, whose time is the server's and what has passed for the window. */
    private static final class Use {
        private final LimitBench limits;
        private final int permits;
        private final boolean takesBack;
        private final Random random;
        private final WindowModel model = new WindowModel();
        private long ahead;
        private long last;

        Use(LimitBench limits, int permits, boolean takesBack, Random random) {
            this.limits = limits;
            this.permits = permits;
            this.takesBack = takesBack;
            this.random = random;
        }

        void steps(int count) {
            charge(permits * 9L / 10);
            for (int step = 0; step < count; step++) {
                pass();
                Charge charge = charge(random.nextInt(50) == 0 ? 1 + random.nextInt(permits / 4) : 1);
                if (takesBack && charge.verdict().admitted() && random.nextInt(10) == 0) {
                    assertThat(limits.refund(charge, 0)).isTrue();
                    model.refund(charge.verdict().now() + ahead, charge.cost());
                    last = Collections.max(model.taken());
                }
            }
        }

        private void pass() {
            long passing = switch (random.nextInt(100)) {
                case 0 -> HOUR / 3;
                case 1 -> takesBack ? 0 : -random.nextLong(HOUR / 100);
                default -> random.nextLong(2 * HOUR / permits);
            };
            limits.pass(passing);
            ahead += passing;
        }

        private Charge charge(long cost) {
            Charge charge = limits.charge(permits, cost);
            Verdict verdict = charge.verdict();
            long now = verdict.now() + ahead;
            if (now < last) { // the newest that counts is the present of the window, until the clock is there
                ahead += last - now;
                now = last;
            }
            long used = model.used(now, HOUR);
            long freeIn = model.freeIn(now, HOUR, permits, cost);
            assertThat(verdict.standings())
                    .containsExactly(new Standing(
                            freeIn == 0 ? used + cost : used,
                            freeIn == 0 && used == 0 ? verdict.now() : model.oldest(now, HOUR) - ahead,
                            freeIn));
            if (freeIn == 0) {
                model.charge(now, cost);
                last = now;
            }
            return charge;
        }
    }

    @Test
    void list_becomesARing_andAnEmptyRingAList() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(1_000, MOST_OF_A_LIST - 1);
            limits.pass(HOUR / 2);
            limits.decide(1_000, 1);
            assertThat(bytes(bench)[0]).isEqualTo(LIST);
            assertThat(limits.decide(1_000, 1).standings())
                    .extracting(Standing::used)
                    .containsExactly(MOST_OF_A_LIST + 1L);
            assertThat(bytes(bench)[0]).isEqualTo(RING);
            limits.pass(HOUR / 2);
            assertThat(limits.decide(1_000, 1).standings())
                    .extracting(Standing::used)
                    .containsExactly(3L);
            assertThat(bytes(bench)[0]).isEqualTo(RING);
            limits.pass(HOUR);
            assertThat(limits.decide(1_000, 1).standings())
                    .extracting(Standing::used)
                    .containsExactly(1L);
            assertThat(bytes(bench)).hasSize(14).startsWith(LIST);
        });
    }

    /** So many permits leave at once that the oldest is in the next block, or in one far behind it, at its edges or within. */
    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 31, 32, 33, 100, 239, 240, 241, 287, 288, 289, 299})
    void permitsThatLeaveTogether_areAllMissed(int leaving) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(1_000, leaving);
            limits.pass(HOUR / 2);
            Verdict kept = limits.decide(1_000, 300 - leaving);
            limits.pass(HOUR / 2);
            Verdict look = limits.decide(List.of(KEY), 1_000 - (300 - leaving) + 1, false, 1_000, HOUR);
            long taken = kept.now() - HOUR / 2;
            assertThat(look.standings()).containsExactly(new Standing(300 - leaving, taken, taken + HOUR - look.now()));
            assertThat(limits.decide(1_000, 1_000 - (300 - leaving)).standings())
                    .containsExactly(new Standing(1_000, taken, 0));
        });
    }

    /** Where the ring is just long enough, and where the next charge needs one block more. */
    @Test
    void ring_holdsWhatItIsMadeFor_andGrows() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            SortedSet<Long> lengths = new TreeSet<>();
            limits.decide(600, MOST_OF_A_LIST);
            for (long used = MOST_OF_A_LIST + 1; used <= 600; used++) {
                assertThat(limits.decide(600, 1).standings())
                        .extracting(Standing::used)
                        .containsExactly(used);
                lengths.add((Long) bench.call("STRLEN", KEY));
            }
            assertThat(limits.decide(600, 1).admitted()).isFalse();
            assertThat(lengths).hasSize(2);
            assertThat(lengths.last()).isEqualTo(RING_FRONT + (600 - 2) / BLOCK * BLOCK * 6);
        });
    }

    /** Of whatever limit, all used at once. */
    @Test
    void ring_takesLittleRoom() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            for (long permits = 185; permits < 700; permits += 4) {
                limits.decide(permits, permits);
                assertThat((Long) bench.call("MEMORY", "USAGE", KEY))
                        .as(permits + " permits")
                        .isLessThanOrEqualTo(8 * permits + 128);
                bench.call("DEL", KEY);
            }
        });
    }

    /** Set for a sixteenth of a window to come, and in time again; not too far away either where the clock is set back. */
    @Test
    void expiryOfARing_isLateEnough() {
        BENCHES.each(bench -> {
            long begin = bench.now();
            decideAt(bench, begin, 300);
            for (int step = 1; step <= 40; step++) {
                long now = begin + step * HOUR / 100 - (step > 30 ? HOUR / 4 : 0);
                decideAt(bench, now, 1);
                long left = now + HOUR - bench.now();
                assertThat(bench.life(KEY)).as("step " + step).isBetween(left / 1_000 - 1, (left + HOUR / 8) / 1_000);
            }
        });
    }

    private static void decideAt(ScriptBench bench, long now, long cost) {
        List<Object> reply =
                bench.runAt(now, Script.DECIDE, List.of(KEY), cost, 1, Limit.EXACT_PERMITS, 1_000, HOUR, STRICT);
        assertThat(Numbers.of(reply, 0)).isEqualTo(1);
        assertThat(Numbers.of(reply, 1)).isEqualTo(now);
    }

    /** What is written is accepted, into the block in front and those behind it, in a ring that is long enough and one that is not. */
    @Test
    void fullServer_goesOnCountingInARing() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(2_000, 250);
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                long used = 250;
                for (long cost : List.of(1, 1, 40, 1, 600, 1, 1)) {
                    used += cost;
                    assertThat(limits.decide(2_000, cost).standings())
                            .extracting(Standing::used)
                            .containsExactly(used);
                    assertThat(bench.life(KEY)).isBetween(HOUR / 1_000 - 60_000, HOUR / 1_000 + HOUR / 10_000);
                }
                for (long cost : List.of(1, 100)) {
                    assertThat(limits.refund(limits.charge(2_000, cost), 0)).isTrue();
                }
                assertThat(limits.decide(2_000, 1).standings())
                        .extracting(Standing::used)
                        .containsExactly(used + 1);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
            }
        });
    }

    /** A stall of the server within the script: the window is over when its expiry is set. */
    @Test
    void chargeOfARingThatIsOverMeanwhile_leavesNothingForEver() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(1_000, 300);
            bench.call("SETRANGE", KEY, RING_ENDS, new byte[6]);
            limits.decideAtTheEnd(1_000, 1);
            assertThat(limits.exists()).isFalse();
            limits.decide(1_000, 300);
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                limits.decideAtTheEnd(1_000, 1);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
            }
            assertThat(bench.life(KEY)).isBetween(1L, HOUR / 1_000 + HOUR / 10_000);
            assertThat(limits.decide(1_000, 1).admitted()).isTrue();
        });
    }

    /** What is left of a ring whose end is missing counts as empty where that is needed, and is no error. */
    @Test
    void ringWithoutItsEnd_countsAsEmpty() {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            limits.decide(1_000, 150);
            limits.pass(HOUR / 2);
            Charge charge = limits.charge(1_000, 150);
            byte[] whole = bytes(bench);
            for (int length : List.of(RING_FRONT - 1, RING_FRONT, RING_FRONT + 100)) {
                bench.call("SET", KEY, Arrays.copyOf(whole, length), "PX", 60_000);
                assertThat(limits.refund(charge, 0)).isFalse();
                limits.pass(HOUR / 2);
                assertThat(limits.decide(1_000, 1).standings())
                        .extracting(Standing::used)
                        .containsExactly(1L);
                assertThat(bytes(bench)).startsWith(LIST);
            }
        });
    }

    /** A window as former versions have written it counts as if it came just now. */
    @ParameterizedTest
    @CsvSource({"1, 5", "3, 5", "1, 20000"})
    void windowOfFormerVersions_countsAsIfItCameJustNow(int kind, long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            byte[] former = ByteBuffer.allocate(24 + 8 * 6)
                    .put((byte) kind)
                    .putInt(8)
                    .putInt(7)
                    .putShort((short) 0)
                    .putInt(7)
                    .putShort((short) 3)
                    .array();
            bench.call("SET", KEY, former, "PX", 60_000);
            Verdict denied = limits.decide(permits, permits - 2);
            long longest = kind == 3 ? HOUR + 1_000_000 : HOUR;
            assertThat(denied.standings()).containsExactly(new Standing(3, denied.now(), longest));
            assertThat(limits.decide(permits, permits - 3).standings())
                    .extracting(Standing::used)
                    .containsExactly(permits);
            assertThat(limits.decide(permits, 1).standings().get(0).freeIn()).isPositive();
            limits.pass(longest + HOUR / 50);
            assertThat(limits.decide(permits, permits).admitted()).isTrue();
        });
    }
}
