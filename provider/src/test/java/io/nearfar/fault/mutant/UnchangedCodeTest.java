package io.nearfar.fault.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.check.Findings;
import io.nearfar.fault.check.Report;
import io.nearfar.fault.scenario.Field;
import io.nearfar.testing.RealRedis.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What finds the mutants finds nothing in the code that they were made of. */
@Timeout(120)
class UnchangedCodeTest {
    private static final int NODES = 2;
    private static final int ATTEMPTS = 4;

    @Test
    void unchangedCode_isNotReported() {
        try (Field field = Field.start(Program.EMBEDDED, NODES)) {
            for (Hunt hunt : Hunt.values()) {
                Report report = hunt.report(field, 0);
                for (int attempt = 1; attempt < ATTEMPTS && report.saysNothing(); attempt++) {
                    report = hunt.report(field, attempt);
                }
                Findings findings = report.findings();
                assertThat(findings.violated())
                        .as(hunt
                                + findings.tell(
                                        findings.violated(), report.history().origin()))
                        .isEmpty();
            }
        }
    }
}
