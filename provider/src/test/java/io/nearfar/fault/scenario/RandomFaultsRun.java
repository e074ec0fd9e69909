package io.nearfar.fault.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.check.Findings;
import io.nearfar.fault.node.NodeProcess.Kit;
import io.nearfar.testing.RealRedis.Program;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The long form: faults by chance from a seed, one at a time or several in turn, on all servers and with all policies,
 * for {@code faults.minutes}. Its table goes into {@code docs/reliability.md}.
 */
class RandomFaultsRun {
    private static final Path PAGE = Path.of("..", "docs", "reliability.md");
    private static final int NODES = 3;
    private static final int TRIALS_PER_FIELD = 10;
    private static final String SEVERAL = "two or three of these in turn";

    private final long minutes = Long.getLong("faults.minutes", 20);
    private final long seed = seed(System.getProperty("faults.seed", ""));
    private final Random random = new Random(seed);
    private final Table table = new Table();
    private final List<String> violations = new ArrayList<>();

    private static long seed(String text) {
        return text.isBlank() ? System.nanoTime() : Long.parseLong(text);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void invariants_underRandomFaults_hold() {
        System.out.println("faults.seed = " + seed + ", faults.minutes = " + minutes);
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        Program.all().forEach(this::upheavals);
        while (System.nanoTime() < until) {
            try (Field field = field()) {
                Trial.run(field, List.of(Scenario.HEALTHY), Policy.CLOSED, random.nextLong()); // to warm up
                for (int trial = 0; trial < TRIALS_PER_FIELD && System.nanoTime() < until; trial++) {
                    trial(field);
                }
            }
        }
        table.writeInto(PAGE, about());
        assertThat(violations).as("faults.seed = " + seed).isEmpty();
    }

    private String about() {
        return minutes + " minutes, seed " + seed + ", " + LocalDate.now(ZoneOffset.UTC) + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, Java "
                + Runtime.version().feature() + ".";
    }

    private Field field() {
        List<Program> programs = Program.all().toList();
        return Field.start(programs.get(random.nextInt(programs.size())), NODES, node -> kit());
    }

    private Kit kit() {
        int minutesAhead = random.nextInt(41) - 20;
        return random.nextBoolean() ? Kit.PLAIN : WallClock.ahead(minutesAhead).orElse(Kit.PLAIN);
    }

    private void upheavals(Program program) {
        for (Upheaval upheaval : Upheaval.values()) {
            take(upheaval.what(), Policy.CLOSED, Verdict.result(upheaval, program, Policy.CLOSED, random.nextLong()));
        }
    }

    private void trial(Field field) {
        List<Scenario> scenarios = scenarios();
        Policy policy = random.nextInt(4) == 0 ? Policy.OPEN : Policy.CLOSED;
        String fault = scenarios.size() > 1 ? SEVERAL : scenarios.get(0).what();
        take(fault, policy, Verdict.result(field, scenarios, policy, random.nextLong()));
    }

    private void take(String fault, Policy policy, Result result) {
        table.add(Row.of(fault, policy, result));
        Findings findings = result.report().findings();
        if (!findings.violated().isEmpty()) {
            String told = fault + ", " + policy
                    + findings.tell(
                            findings.violated(), result.report().history().origin());
            System.out.println(told);
            violations.add(told);
        }
    }

    private List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        int count = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            scenarios.add(Scenario.values()[random.nextInt(Scenario.values().length)]);
        }
        return scenarios;
    }
}
