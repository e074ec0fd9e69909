package io.nearfar.fault.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nearfar.fault.node.NodeProcess.Kit;
import io.nearfar.testing.RealRedis.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two of three nodes have clocks that are minutes off: nothing depends on them. */
@Timeout(120)
class WallClocksTest {
    private static final int[] MINUTES_AHEAD = {0, 10, -10};

    private static Field field;

    @BeforeAll
    static void start() {
        assumeTrue(WallClock.ahead(1).isPresent(), "libfaketime is not installed");
        field = Field.start(Program.EMBEDDED, MINUTES_AHEAD.length, WallClocksTest::kit);
    }

    private static Kit kit(int node) {
        return WallClock.ahead(MINUTES_AHEAD[node]).orElseThrow();
    }

    @AfterAll
    static void stop() {
        if (field != null) {
            field.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HEALTHY", "PARTITIONED"})
    void invariants_withWrongClocks_hold(Scenario scenario) {
        Verdict.row(field, scenario, Policy.CLOSED);
    }
}
