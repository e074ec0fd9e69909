package io.nearfar.fault.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.check.Findings;
import io.nearfar.fault.check.Report;

/** Runs a trial until the machine has kept time in it, and asserts that all invariants held. */
final class Verdict {
    /** So often a trial is repeated that says nothing. */
    private static final int ATTEMPTS = 4;

    private Verdict() {}

    static Row of(Field field, Scenario scenario, Policy policy, long seed) {
        Row row = Trial.run(field, scenario, policy, seed);
        for (int attempt = 1; attempt < ATTEMPTS && row.report().saysNothing(); attempt++) {
            row = Trial.run(field, scenario, policy, seed + attempt);
        }
        assertHolds(row.report());
        return row;
    }

    static void assertHolds(Report report) {
        Findings findings = report.findings();
        assertThat(findings.violated())
                .as(findings.tell(findings.violated(), report.history().origin()))
                .isEmpty();
    }
}
