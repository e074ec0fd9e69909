package io.nearfar.fault.scenario;

import io.nearfar.testing.RealRedis.Program;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault once, on three nodes that go on working meanwhile. */
@Timeout(120)
class FaultScenariosTest {
    private static final Table TABLE = new Table();

    private static Field field;

    @BeforeAll
    static void start() {
        field = Field.start(Program.EMBEDDED, 3);
        Trial.run(field, List.of(Scenario.HEALTHY), Policy.CLOSED, 0); // the first calls of a JVM are its slowest
    }

    @AfterAll
    static void stop() {
        field.close();
        TABLE.write("scenarios");
    }

    @ParameterizedTest
    @EnumSource
    void invariants_ofCachesThatFailClosed_hold(Scenario scenario) {
        TABLE.add(Verdict.row(field, scenario, Policy.CLOSED));
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_RESTARTED_EMPTY", "SERVER_FROZEN", "PARTITIONED", "REFUSED"})
    void invariants_ofCachesThatFailOpen_hold(Scenario scenario) {
        TABLE.add(Verdict.row(field, scenario, Policy.OPEN));
    }
}
