package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Limit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** decide.lua and refund.lua about credits. */
class LeaseScriptTest {
    private static final long SECOND = 1_000_000;
    private static final long WINDOW = 60 * SECOND;
    private static final int STRICT = -1;

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    /** What one call has said of one window. */
    private record Reply(boolean admitted, long now, long used, long freeIn, long base, long credits) {}

    private static Reply decide(ScriptBench bench, long cost, long permits, long wish) {
        List<Object> arguments = new ArrayList<>(List.of(cost, 1, Limit.EXACT_PERMITS, permits, WINDOW, wish));
        List<Object> reply = bench.run(Script.DECIDE, List.of(LimitBench.KEY), arguments.toArray());
        return new Reply(
                Numbers.of(reply, 0) == 1,
                Numbers.of(reply, 1),
                Numbers.of(reply, 2),
                Numbers.of(reply, 4),
                Numbers.of(reply, 5),
                Numbers.of(reply, 6));
    }

    private static boolean giveBack(ScriptBench bench, Reply lease, long credits, long passed) {
        List<Object> reply =
                bench.run(Script.REFUND, List.of(LimitBench.KEY), credits, lease.now - passed, lease.base - passed);
        return LimitScripts.givenBack(reply) == GivenBack.TAKEN;
    }

    /** Of what the request leaves, one lease is an eighth at most, and so it ends with single permits. */
    @ParameterizedTest
    @CsvSource({
        "0, 100, 5, 5",
        "0, 100, 50, 12",
        "50, 100, 50, 6",
        "91, 100, 50, 1",
        "92, 100, 50, 0",
        "99, 100, 50, 0",
        "0, 20000, 5000, 2499",
        "0, 100, 0, 0",
        "0, 100, -1, 0"
    })
    void lease_isAnEighthOfWhatIsLeft(long used, long permits, long wish, long credits) {
        BENCHES.each(bench -> {
            if (used > 0) {
                decide(bench, used, permits, 0);
            }
            Reply reply = decide(bench, 1, permits, wish);
            assertThat(reply.admitted).isTrue();
            assertThat(reply.credits).isEqualTo(credits);
            assertThat(reply.used).isEqualTo(used + 1 + credits);
            assertThat(decide(bench, permits, permits, STRICT).credits).isZero();
        });
    }

    /** What is leased counts a fiftieth of the window longer, and a second at most; so it does for whoever is strict. */
    @ParameterizedTest
    @CsvSource({"100", "1000", "20000"})
    void permitOfALeasedLimit_countsForTheValidityLonger(long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            long longest = permits > Limit.EXACT_PERMITS ? WINDOW / 50 : 0;
            Reply lease = decide(bench, permits / 2, permits, 0);
            assertThat(decide(bench, permits, permits, STRICT).freeIn).isBetween(WINDOW, WINDOW + SECOND + longest);
            limits.pass(WINDOW + SECOND - SECOND / 10);
            assertThat(decide(bench, permits, permits, STRICT).admitted).isFalse();
            limits.pass(SECOND / 10 + longest);
            assertThat(decide(bench, permits, permits, STRICT).admitted).isTrue();
            assertThat(lease.admitted).isTrue();
        });
    }

    /** What was counted one by one is leased from then on, without losing a permit; and what was leased is known to have been. */
    @ParameterizedTest
    @CsvSource({"100, 10, 7", "1000, 300, 11", "20000, 10, 4"})
    void window_remembersThatItWasLeased(long permits, long before, int mark) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            decide(bench, before, permits, STRICT);
            assertThat(firstByte(bench)).isEqualTo(mark - 2);
            limits.pass(SECOND);
            assertThat(decide(bench, 1, permits, 5).used).isEqualTo(before + 6);
            assertThat(firstByte(bench)).isEqualTo(mark);
            assertThat(decide(bench, 1, permits, STRICT).used).isEqualTo(before + 7);
            assertThat(decide(bench, 30, permits, STRICT).used).isEqualTo(before + 37);
            assertThat(firstByte(bench)).isEqualTo(mark);
        });
    }

    private static int firstByte(ScriptBench bench) {
        return ((byte[]) bench.call("GETRANGE", LimitBench.KEY, 0, 0))[0];
    }

    /** Credits go back to the last one, and nobody else's with them; not when the window is another one by now. */
    @ParameterizedTest
    @CsvSource({"100", "20000"})
    void credits_areGivenBackExactly(long permits) {
        BENCHES.each(bench -> {
            LimitBench limits = new LimitBench(bench);
            decide(bench, 1, permits, 0);
            limits.pass(SECOND);
            Reply lease = decide(bench, 1, permits, 10);
            limits.pass(SECOND);
            assertThat(decide(bench, 1, permits, STRICT).used).isEqualTo(13);
            assertThat(giveBack(bench, lease, 7, SECOND)).isTrue();
            assertThat(decide(bench, 1, permits, STRICT).used).isEqualTo(7);
            bench.run(Script.FORGET, List.of(LimitBench.KEY));
            assertThat(giveBack(bench, lease, 3, SECOND)).isFalse();
            decide(bench, 20, permits, 0);
            assertThat(giveBack(bench, lease, 3, SECOND)).isFalse();
            assertThat(decide(bench, 1, permits, STRICT).used).isEqualTo(21);
        });
    }
}
