package io.nearfar.fault.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testing.RealRedis.Program;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each fault once, on three nodes that go on working meanwhile. */
@Timeout(180)
class FaultScenariosTest {
    private static final Table TABLE = new Table();
    private static final int NODES = 3;

    private static Field field;

    @AfterAll
    static void stop() {
        TABLE.write("scenarios");
        close();
    }

    private static void close() {
        if (field != null) {
            field.close();
            field = null;
        }
    }

    private static Field field() {
        if (field == null) {
            field = Field.start(Program.EMBEDDED, NODES);
            Trial.run(
                    field,
                    List.of(Scenario.HEALTHY),
                    Policy.CLOSED,
                    Extent.EVERYTHING,
                    0); // the first calls of a JVM are its slowest
        }
        return field;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HEALTHY")
    void invariants_ofCachesThatFailClosed_hold(Scenario scenario) {
        check(scenario, Policy.CLOSED, Extent.PLAIN);
    }

    /** The long form does it with every fault. */
    @ParameterizedTest
    @EnumSource(names = {"HEALTHY", "MESSAGES_LOST"})
    void invariants_withEverythingSwitchedOn_hold(Scenario scenario) {
        check(scenario, Policy.CLOSED, Extent.EVERYTHING);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_RESTARTED_EMPTY", "SERVER_FROZEN", "PARTITIONED", "REFUSED"})
    void invariants_ofCachesThatFailOpen_hold(Scenario scenario) {
        check(scenario, Policy.OPEN, Extent.EVERYTHING);
    }

    /** As in the last, but that nothing older than the lease is served; the long form does it with every fault. */
    @ParameterizedTest
    @EnumSource(names = {"PARTITIONED", "HALF_OPEN"})
    void invariants_ofCachesThatAnswerNothingStale_hold(Scenario scenario) {
        check(scenario, Policy.FRESH, Extent.EVERYTHING);
    }

    @Test
    void invariants_ofHealthyNodes_hold_andStalenessIsMostlyNone() {
        Result result = Verdict.result(field(), List.of(Scenario.HEALTHY), Policy.CLOSED, Extent.PLAIN, 1);
        Verdict.assertHolds(result.report());
        TABLE.add(Row.of(Scenario.HEALTHY.what(), Policy.CLOSED, result));
        assertThat(Duration.ofNanos(result.report().delay(0.5))).isLessThan(Duration.ofMillis(1));
    }

    private static void check(Scenario scenario, Policy policy, Extent extent) {
        try {
            Row row = Verdict.row(field(), scenario, policy, extent);
            TABLE.add(extent == Extent.EVERYTHING ? row.with(Extent.ALL_ON) : row);
        } catch (RuntimeException e) {
            close(); // nobody knows in what state it is
            throw e;
        }
    }
}
