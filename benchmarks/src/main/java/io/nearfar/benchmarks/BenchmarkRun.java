package io.nearfar.benchmarks;

import io.nearfar.benchmarks.far.FarRun;
import io.nearfar.benchmarks.far.MixRun;
import io.nearfar.benchmarks.limit.LimitRun;
import io.nearfar.benchmarks.near.MetersRun;
import io.nearfar.benchmarks.near.NearRun;
import io.nearfar.benchmarks.plan.PlanRun;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Page;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Surroundings;
import io.nearfar.benchmarks.size.ContendedRun;
import io.nearfar.benchmarks.size.GrowthRun;
import io.nearfar.benchmarks.size.GuideRun;
import io.nearfar.benchmarks.size.ReachRun;
import io.nearfar.benchmarks.size.SizeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures everything in one run, against a Redis that it starts and stops, and writes tables and page. */
public final class BenchmarkRun {
    private final Form form;
    private final Part part;
    private final Report report = new Report();
    private final String before = Surroundings.line();

    private BenchmarkRun(Form form, Part part) {
        this.form = form;
        this.part = part;
    }

    /**
     * Runs the benchmarks. Ends with 1 if the check of a build fails.
     *
     * @param arguments the form, the part, the file that gets the tables, and the folder that gets the page; a trial's page
     *     goes beside the tables, for its figures mean nothing
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException(
                    "Wanted: trial, short or long; caches, metrics, limits, sizes, page, plan, check or all; the file"
                            + " that gets the tables; and the folder that gets the page; got " + List.of(arguments));
        }
        BenchmarkRun run = new BenchmarkRun(Form.named(arguments[0]), Part.named(arguments[1]));
        Path file = Path.of(arguments[2]).toAbsolutePath();
        PackagedProvider.jar();
        run.measure();
        Files.createDirectories(file.getParent());
        run.writeTables(file);
        if (run.part.includes(Part.PAGE)) {
            run.writePage(run.form == Form.TRIAL ? file.resolveSibling("docs") : Path.of(arguments[3]));
        }
        // Threads of a peer that outlive it must not keep the run
        System.exit(run.part == Part.CHECK && !run.checkHolds() ? 1 : 0);
    }

    private void measure() throws IOException {
        try (RedisProcess redis = RedisProcess.start()) {
            String address = redis.address();
            if (part == Part.CHECK) {
                check(address);
                return;
            }
            measureIn(address);
        }
    }

    private void measureIn(String address) {
        int rounds = form.nearRounds();
        if (part.includes(Part.CACHES)) {
            stage("Calls to the server", new FarRun(address, form.farRounds(), report)::measure);
            stage("A mix of reads and writes", new MixRun(address, rounds, report)::measure);
            NearRun near = new NearRun(address, rounds, report);
            stage("Calls in the process", part == Part.PAGE ? near::measureJudged : near::measure);
        }
        if (part.includes(Part.SIZES)) {
            stage("Sizes", new SizeRun(address, form.nearEntries(), form.farEntries(), report)::measure);
            stage("Growth", new GrowthRun(address, form.entries(), report)::measure);
            stage("What guides expect", new GuideRun(address, report)::measure);
            stage("One key, changed by two JVMs", new ContendedRun(address, report)::measure);
            stage("Reach", new ReachRun(address, form.nodes(), report)::measure);
        }
        if (part.includes(Part.PLAN)) {
            stage("Plan", new PlanRun(address, form.planned(), form.plannedSeconds(), report)::measure);
        }
        if (part.includes(Part.METRICS)) {
            stage("Metrics", () -> report.add(new MetersRun(address, rounds).table()));
        }
        if (part.includes(Part.LIMITS)) {
            stage("Rate limits", new LimitRun(address, rounds, report)::measure);
        } else if (part == Part.PAGE) {
            stage("Rate limits", new LimitRun(address, rounds, report)::measureOneKey);
        }
    }

    /** What is measured later must not be lost with what fails; that is told. */
    private void stage(String name, Runnable measuring) {
        try {
            measuring.run();
        } catch (RuntimeException e) {
            report.failed(name, e.toString());
        }
    }

    private void check(String address) {
        new FarRun(address, form.farRounds(), report).check();
        new NearRun(address, 1, report).check();
        new LimitRun(address, 2, report).check();
    }

    private void writeTables(Path file) throws IOException {
        String first = form.label() + " form · " + before + " before, " + Surroundings.load() + " after\n";
        String tables =
                first + "\n" + (report.outcomes().isEmpty() ? "" : report.bars().text() + "\n") + report.tables();
        Files.writeString(file, tables);
        System.out.println(tables);
        System.out.println("Written to " + file);
    }

    private void writePage(Path folder) throws IOException {
        List<String> machine = new ArrayList<>(Surroundings.machine());
        machine.add(before.substring(before.lastIndexOf("load")) + " before, " + Surroundings.load() + " after");
        Path page = new Page(report, form.page(), form.label(), machine, Versions.lines()).writeInto(folder);
        System.out.println("Written to " + page);
    }

    private boolean checkHolds() {
        List<Outcome> alarming =
                report.outcomes().stream().filter(Outcome::alarming).toList();
        alarming.forEach(outcome -> System.out.println("The check fails: " + String.join(" · ", outcome.row())
                + " · of the check: " + outcome.bar().alarmText()));
        if (alarming.isEmpty()) {
            System.out.println("The check holds: all of " + report.outcomes().size() + " ratios are within its bounds");
        }
        return alarming.isEmpty();
    }
}
