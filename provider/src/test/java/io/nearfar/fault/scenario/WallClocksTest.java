package io.nearfar.fault.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nearfar.testing.RealRedis.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two of three nodes have clocks that are minutes off: nothing depends on them. */
@Timeout(120)
class WallClocksTest {
    private static final int NODES = 3;
    private static final Table TABLE = new Table();

    private static Field field;

    @BeforeAll
    static void start() {
        assumeTrue(WallClock.canBeWrong(), "libfaketime is not installed");
        field = Field.start(Program.EMBEDDED, NODES, WallClock::ofTwoWrong);
    }

    @AfterAll
    static void stop() {
        if (field != null) {
            field.close();
            TABLE.write("wall-clocks");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HEALTHY", "PARTITIONED"})
    void invariants_withWrongClocks_hold(Scenario scenario) {
        TABLE.add(Verdict.row(field, scenario, Policy.CLOSED, Extent.PLAIN).with(WallClock.TWO_WRONG));
    }
}
