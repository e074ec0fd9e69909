package io.nearfar.fault.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.check.Findings;
import io.nearfar.fault.node.NodeProcess.Kit;
import io.nearfar.testing.RealRedis.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The long form: each fault once with each policy, then faults by chance from a seed, one at a time or several in turn, on
 * all servers, until {@code faults.minutes} are over. Its table goes into {@code docs/reliability.md}, with a picture of it.
 */
class RandomFaultsRun {
    static final Path PAGE = Path.of("..", "docs", "reliability.md");
    static final Path PICTURE = Path.of("..", "docs", "pictures", "staleness.svg");
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
    void invariants_underRandomFaults_hold() throws IOException {
        System.out.println("faults.seed = " + seed + ", faults.minutes = " + minutes);
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        eachOnce();
        while (System.nanoTime() < until) {
            try (Field field = warm(Field.start(program(), NODES, node -> kit()))) {
                trials(field, until);
            }
        }
        table.writeInto(PAGE, about());
        StalenessPlot.of(Files.readString(PAGE)).write(PICTURE);
        assertThat(violations).as("faults.seed = " + seed).isEmpty();
    }

    private void trials(Field field, long until) {
        boolean said = true;
        for (int trial = 0; said && trial < TRIALS_PER_FIELD && System.nanoTime() < until; trial++) {
            said = trial(field);
        }
    }

    private String about() {
        return minutes + " minutes, seed " + seed + ", " + LocalDate.now(ZoneOffset.UTC) + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, Java "
                + Runtime.version().feature()
                + ". Two of three trials, by chance, with " + Extent.ALL_ON + ". "
                + (WallClock.canBeWrong()
                        ? "Among faults by chance half of the nodes have wall clocks that are up to 20 minutes off."
                        : "All wall clocks are right, for libfaketime is not installed.");
    }

    private Program program() {
        List<Program> programs = Program.all().toList();
        return programs.get(random.nextInt(programs.size()));
    }

    private Field warm(Field field) {
        Trial.run(field, List.of(Scenario.HEALTHY), Policy.CLOSED, Extent.EVERYTHING, random.nextLong());
        return field;
    }

    private void eachOnce() {
        Program.all().forEach(program -> upheavals(program, Policy.CLOSED));
        upheavals(program(), Policy.FRESH);
        upheavals(program(), Policy.OPEN);
        for (Policy policy : Policy.values()) {
            try (Field field = warm(Field.start(program(), NODES))) {
                for (Scenario scenario : Scenario.values()) {
                    single(field, scenario, policy, scenario.what());
                }
            }
        }
        if (WallClock.canBeWrong()) {
            try (Field field = warm(Field.start(program(), NODES, WallClock::ofTwoWrong))) {
                for (Scenario scenario : List.of(Scenario.HEALTHY, Scenario.PARTITIONED)) {
                    single(field, scenario, Policy.CLOSED, scenario.what() + ", " + WallClock.TWO_WRONG);
                }
            }
        }
    }

    private boolean single(Field field, Scenario scenario, Policy policy, String what) {
        return take(
                what, policy, extent -> Verdict.result(field, List.of(scenario), policy, extent, random.nextLong()));
    }

    private Kit kit() {
        int minutesAhead = random.nextInt(41) - 20;
        return random.nextBoolean() ? Kit.PLAIN : WallClock.ahead(minutesAhead).orElse(Kit.PLAIN);
    }

    private void upheavals(Program program, Policy policy) {
        for (Upheaval upheaval : Upheaval.values()) {
            take(
                    upheaval.what(),
                    policy,
                    extent -> Verdict.result(upheaval, program, policy, extent, random.nextLong()));
        }
    }

    private boolean trial(Field field) {
        List<Scenario> scenarios = scenarios();
        Policy policy = random.nextBoolean() ? Policy.CLOSED : random.nextBoolean() ? Policy.FRESH : Policy.OPEN;
        return scenarios.size() == 1
                ? single(field, scenarios.get(0), policy, scenarios.get(0).what())
                : take(SEVERAL, scenarios.toString(), policy, extent -> several(field, scenarios, policy, extent));
    }

    private Result several(Field field, List<Scenario> scenarios, Policy policy, Extent extent) {
        return Verdict.result(field, scenarios, policy, extent, random.nextLong());
    }

    private boolean take(String fault, Policy policy, Function<Extent, Result> trial) {
        return take(fault, fault, policy, trial);
    }

    /** Takes down what a trial came to; returns false if it says nothing, for what was to happen did not. */
    private boolean take(String fault, String exactly, Policy policy, Function<Extent, Result> trial) {
        Extent extent = random.nextInt(3) > 0 ? Extent.EVERYTHING : Extent.PLAIN;
        String which = exactly + ", " + policy + ", " + extent;
        try {
            Result result = trial.apply(extent);
            table.add(Row.of(fault, policy, result));
            Findings findings = result.report().findings();
            if (!findings.violated().isEmpty()) {
                tell(which
                        + findings.tell(
                                findings.violated(), result.report().history().origin()));
            }
            return true;
        } catch (NothingHappenedException e) {
            String told = which + ": " + e.getMessage();
            if (fault.equals(SEVERAL)) {
                System.out.println(told); // one fault may leave nothing for the next one to happen to
            } else {
                tell(told);
            }
            return false;
        }
    }

    private void tell(String violation) {
        System.out.println(violation);
        violations.add(violation);
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
