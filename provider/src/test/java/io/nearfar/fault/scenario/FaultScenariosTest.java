package io.nearfar.fault.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.check.Findings;
import io.nearfar.fault.check.Invariant;
import io.nearfar.testing.RealRedis.Program;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault once, on three nodes that go on working meanwhile. */
@Timeout(120)
class FaultScenariosTest {
    /** What waits for gap check, beat and near lease. */
    private static final Set<Invariant> NOT_YET =
            EnumSet.of(Invariant.I4, Invariant.I5, Invariant.I9, Invariant.I11, Invariant.I12);

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
        check(scenario, Policy.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_RESTARTED_EMPTY", "SERVER_FROZEN", "PARTITIONED", "REFUSED"})
    void invariants_ofCachesThatFailOpen_hold(Scenario scenario) {
        check(scenario, Policy.OPEN);
    }

    private static void check(Scenario scenario, Policy policy) {
        Row row = Trial.run(field, scenario, policy, SEED);
        System.out.println(row.line());
        Findings findings = row.report().findings();
        Set<Invariant> violated = findings.violated();
        violated.removeAll(NOT_YET);
        assertThat(violated)
                .as(findings.tell(violated, row.report().history().origin()))
                .isEmpty();
    }
}
