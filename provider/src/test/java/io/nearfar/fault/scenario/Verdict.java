package io.nearfar.fault.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.check.Findings;
import io.nearfar.fault.check.Report;
import io.nearfar.testing.RealRedis.Program;
import java.util.List;
import java.util.function.LongFunction;

/** Runs a trial until the machine has kept time in it. */
final class Verdict {
    /** So often a trial is repeated that says nothing. */
    private static final int ATTEMPTS = 4;

    private static final int NODES = 3;

    private Verdict() {}

    static Result result(Field field, List<? extends Fault> faults, Policy policy, Extent extent, long seed) {
        return said(seed, attempt -> Trial.run(field, faults, policy, extent, attempt));
    }

    /** Servers that have gone through it are not what they were, so each attempt has its own. */
    static Result result(Upheaval upheaval, Program program, Policy policy, Extent extent, long seed) {
        return said(seed, attempt -> {
            try (Field field = Field.start(upheaval.servers(program), NODES)) {
                return Trial.run(field, List.of(upheaval), policy, extent, attempt)
                        .ofChanges();
            }
        });
    }

    private static Result said(long seed, LongFunction<Result> trial) {
        Result result = trial.apply(seed);
        for (int attempt = 1; attempt < ATTEMPTS && result.report().saysNothing(); attempt++) {
            result = trial.apply(seed + attempt);
        }
        return result;
    }

    /** Returns the row of a fault, under which all invariants must have held. */
    static Row row(Field field, Fault fault, Policy policy, Extent extent) {
        return row(fault.what(), policy, result(field, List.of(fault), policy, extent, 1));
    }

    /** Returns the row of an upheaval, under which all invariants must have held. */
    static Row row(Upheaval upheaval, Program program, Policy policy) {
        return row(upheaval.what(), policy, result(upheaval, program, policy, Extent.PLAIN, 1));
    }

    private static Row row(String what, Policy policy, Result result) {
        assertHolds(result.report());
        return Row.of(what, policy, result);
    }

    static void assertHolds(Report report) {
        Findings findings = report.findings();
        assertThat(findings.violated())
                .as(findings.tell(findings.violated(), report.history().origin()))
                .isEmpty();
    }
}
