package io.nearfar.fault.scenario;

import io.nearfar.testing.RealRedis.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault once, on three nodes that go on working meanwhile. */
@Timeout(120)
class FaultScenariosTest {
    private static final long SEED = 1;

    private static Field field;

    @BeforeAll
    static void start() {
        field = Field.start(Program.EMBEDDED, 3);
        Trial.run(field, Scenario.HEALTHY, Policy.CLOSED, SEED); // the first calls of a JVM are its slowest
    }

    @AfterAll
    static void stop() {
        field.close();
    }

    @ParameterizedTest
    @EnumSource
    void invariants_ofCachesThatFailClosed_hold(Scenario scenario) {
        Verdict.of(field, scenario, Policy.CLOSED, SEED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_RESTARTED_EMPTY", "SERVER_FROZEN", "PARTITIONED", "REFUSED"})
    void invariants_ofCachesThatFailOpen_hold(Scenario scenario) {
        Verdict.of(field, scenario, Policy.OPEN, SEED);
    }
}
