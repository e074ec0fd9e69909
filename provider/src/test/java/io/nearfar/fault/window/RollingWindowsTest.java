package io.nearfar.fault.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nearfar.fault.node.Counter;
import io.nearfar.fault.scenario.WallClock;
import io.nearfar.testing.RealRedis.Program;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No window holds more than its limit, as three nodes see it from the outside, two of them with clocks that are five seconds
 * off where the machine can do that. The same look finds each of four other ways of counting wrong.
 */
@Timeout(240)
class RollingWindowsTest {
    private static Range range;

    @BeforeAll
    static void start() {
        range = Range.start(Program.EMBEDDED);
    }

    @AfterAll
    static void stop() {
        range.close();
    }

    /** A machine that stands still may hide it once, and again; not for two minutes. */
    @ParameterizedTest
    @CsvSource({
        "FIXED_WINDOW, EDGE",
        "TWO_COUNTERS, TAIL",
        "TOKEN_BUCKET, AFTER_IDLING",
        "CLIENT_CLOCK, HAMMERING",
    })
    void counterThatIsWrong_isCaught(Counter counter, Pattern pattern) {
        Trials trials = new Trials(range, counter, Trials.SHAPE);
        long until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        Optional<String> found = Optional.empty();
        while (found.isEmpty() && System.nanoTime() < until) {
            found = trials.violation(pattern::run);
        }
        assertThat(found).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void requests_inEveryPattern_neverHaveMoreThanTheLimit(Pattern pattern) {
        Trials trials = new Trials(range, null, Trials.SHAPE);
        assertThat(trials.violationOfFull(pattern::run)).isEmpty();
    }

    /** Credits that are spent late count longer, or this would be too many. */
    @ParameterizedTest
    @EnumSource
    void requestsUnderALeasedLimit_neverHaveMoreThanTheLimit(Pattern pattern) {
        Trials trials = new Trials(range, null, Trials.LEASED);
        assertThat(trials.violationOfFull(pattern::run)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"EDGE", "HAMMERING"})
    void requestsUnderALimitThatIsCountedInHundredths_neverHaveMoreThanTheLimit(Pattern pattern) {
        Trials trials = new Trials(range, null, Trials.LARGE);
        assertThat(trials.violationOfFull(pattern::run)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void requests_throughTrouble_neverHaveMoreThanTheLimit(Trouble trouble) {
        Trials trials = new Trials(range, null, Trials.SHAPE);
        assertThat(trials.violationThrough(trouble)).isEmpty();
    }

    /** Credits in hand outlive what has happened to the server, and are good for no longer than it is told. */
    @ParameterizedTest
    @EnumSource(names = "SCRIPTS_FLUSHED", mode = EnumSource.Mode.EXCLUDE)
    void requestsUnderALeasedLimit_throughTrouble_neverHaveMoreThanTheLimit(Trouble trouble) {
        Trials trials = new Trials(range, null, Trials.LEASED);
        assertThat(trials.violationThrough(trouble)).isEmpty();
    }

    /** Raised and lowered, one node after the other: whoever asks is held to the limit that it knows. */
    @Test
    void limit_thatIsChanged_isHeldByWhoKnowsIt() {
        Trials trials = new Trials(range, null, Trials.SHAPE);
        assertThat(trials.violationOfFull(Trials::changing)).isEmpty();
    }

    /** What a node has in hand of the higher limit it does not spend under the lower one. */
    @Test
    void leasedLimit_thatIsChanged_isHeld() {
        Trials trials = new Trials(range, null, Trials.LEASED);
        assertThat(trials.violationOfFull(Trials::changingTogether)).isEmpty();
    }

    /** Of windows of the shorter length none holds more, whichever of them is counted by, and how. */
    @Test
    void windowAndMode_thatAreChanged_hold() {
        Trials trials = new Trials(range, null, Trials.LEASED);
        assertThat(trials.violationOfOther(Trials.LONGER)).isEmpty();
    }

    /** The others are not told of it if it cannot be had: then this says so. */
    @Test
    void clocksOfNodes_areOffByAsMuchAsTheyAreSaidToBe() {
        assumeTrue(WallClock.canBeWrong(), "libfaketime is not installed: the clocks of all nodes are right");
        long here = System.currentTimeMillis();
        assertThat(range.nodes())
                .extracting(node -> Math.round((Long.parseLong(node.ask("wall")) - here) / 1_000.0))
                .satisfies(seconds -> assertThat(seconds.get(0)).isBetween(0L, 2L))
                .satisfies(seconds -> assertThat(seconds.get(1)).isBetween(4L, 7L))
                .satisfies(seconds -> assertThat(seconds.get(2)).isBetween(-6L, -3L));
    }
}
