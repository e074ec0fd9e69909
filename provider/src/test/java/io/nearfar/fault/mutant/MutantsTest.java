package io.nearfar.fault.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.check.Findings;
import io.nearfar.fault.check.Invariant;
import io.nearfar.fault.check.Report;
import io.nearfar.fault.node.Caches;
import io.nearfar.fault.node.NodeProcess.Kit;
import io.nearfar.fault.scenario.Field;
import io.nearfar.testing.RealRedis.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker is seen to fail: what each mutant breaks is reported within its time. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MutantsTest {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(20);
    /** So many take no longer than that on a machine that has nothing else to do. */
    private static final int ROUNDS = 8;

    private static final int NODES = 2;
    private static final int ATTEMPTS = 4;

    /** Mutants share it. */
    private static final String MACHINE = "machine";

    /** Three minutes behind. */
    private static final Map<String, String> SKEWED = Map.of("skew", "-180000");

    @TempDir
    private Path folder;

    /** Several at once where the fault suite runs: what a busy machine delays, it does not hide. */
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = MACHINE, mode = ResourceAccessMode.READ)
    void mutant_isReported(Mutant mutant) {
        Path classes = Mutation.make(mutant.patches(), folder);
        try (Field field = Field.start(Program.EMBEDDED, NODES, node -> Kit.of(List.of(classes), SKEWED))) {
            assertReported(field, mutant.hunt(), mutant.breaks());
        }
    }

    /** Its near cache keeps what was read while another node wrote. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = MACHINE, mode = ResourceAccessMode.READ)
    void localCachedMapOfRedisson_isReported() {
        Kit kit = Kit.of(List.of(), Map.of(Caches.SUBJECT, Caches.LOCAL_CACHED_MAPS));
        try (Field field = Field.start(Program.EMBEDDED, NODES, node -> kit)) {
            assertReported(field, Hunt.FIRST_READS, Invariant.I8);
        }
    }

    /** What finds the mutants finds nothing in the code that they were made of; here a busy machine could mislead. */
    @Test
    @Order(1)
    @ResourceLock(MACHINE)
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

    private static void assertReported(Field field, Hunt hunt, Invariant broken) {
        long until = System.nanoTime() + NANOS;
        int round = 0;
        Report report = hunt.report(field, round);
        while (!report.findings().violated().contains(broken) && (System.nanoTime() < until || round < ROUNDS)) {
            round++;
            report = hunt.report(field, round);
        }
        assertThat(report.findings().violated())
                .as("after %d rounds", round + 1)
                .contains(broken);
    }
}
