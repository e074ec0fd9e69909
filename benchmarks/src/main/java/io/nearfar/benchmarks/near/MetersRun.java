package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A near hit while nobody reads the metrics, and while somebody does; by turns, each in a JVM of its own. */
public final class MetersRun {
    /** Short measurements differ by more than what is looked for. */
    private static final int ROUNDS = 3;

    private final String address;
    private final int rounds;
    private final Map<String, List<Double>> nanos = new LinkedHashMap<>();

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param rounds a third of how often each is measured
     */
    public MetersRun(String address, int rounds) {
        this.address = address;
        this.rounds = ROUNDS * rounds;
    }

    /** Measures, and returns the table. */
    public Table table() {
        for (int round = 1; round <= rounds; round++) {
            System.out.println("Metrics: round " + round + " of " + rounds);
            for (String where : List.of("", address)) {
                boolean readFirst = round % 2 == 0;
                measure(where, readFirst);
                measure(where, !readFirst);
            }
        }
        Table table = new Table(
                "What metrics cost a near hit",
                List.of("mode", "metrics", "ns per call, min / median / max", "× unread, in the same round"));
        for (String where : List.of("", address)) {
            Series unread = series(where, false);
            Series read = series(where, true);
            String mode = where.isEmpty() ? "near" : "tiered";
            table.row(List.of(mode, "unread", unread.spread().text(), "1"));
            table.row(List.of(
                    mode,
                    "read a hundred times a second",
                    read.spread().text(),
                    read.ratioTo(unread).text()));
        }
        return table;
    }

    private Series series(String where, boolean collected) {
        return new Series(nanos.getOrDefault(name(where, collected), List.of()));
    }

    private static String name(String where, boolean collected) {
        return where + " " + collected;
    }

    private void measure(String where, boolean collected) {
        try {
            double score = new Runner(options(where, collected))
                    .runSingle()
                    .getPrimaryResult()
                    .getScore();
            nanos.computeIfAbsent(name(where, collected), any -> new ArrayList<>())
                    .add(score);
        } catch (RunnerException e) {
            throw new IllegalStateException("The benchmark of metrics failed: " + e.getMessage(), e);
        }
    }

    private static Options options(String where, boolean collected) {
        return new OptionsBuilder()
                .include(MetersBenchmark.class.getName() + "\\.get$")
                .param("collected", String.valueOf(collected))
                .param("address", where)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(400))
                .jvmArgsAppend("-Xms512m", "-Xmx512m")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }
}
