package io.nearfar.fault.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.window.Attack.Shape;
import io.nearfar.testing.RealRedis.Program;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same where several servers count, as three nodes see it. Requests under two limits are charged in two rounds, and what a
 * denial was charged is taken back: nobody else's charge may go in its place.
 */
@Timeout(240)
class RollingWindowsOnAClusterTest {
    private static Range range;

    @BeforeAll
    static void start() {
        range = Range.onCluster(Program.EMBEDDED);
    }

    @AfterAll
    static void stop() {
        range.close();
    }

    static Stream<Shape> shapes() {
        return Stream.of(Trials.SHAPE, Trials.LEASED);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void requestsUnderLimitsInSeveralSlots_neverHaveMoreThanTheLimit(Shape shape) {
        Trials trials = new Trials(range, null, shape);
        assertThat(trials.violationOfFull(Pattern.SEVERAL_LIMITS::run)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void bursts_neverHaveMoreThanTheLimit(Shape shape) {
        Trials trials = new Trials(range, null, shape);
        assertThat(trials.violationOfFull(Pattern.AFTER_IDLING::run)).isEmpty();
    }
}
