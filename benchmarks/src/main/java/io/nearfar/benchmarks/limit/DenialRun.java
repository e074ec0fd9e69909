package io.nearfar.benchmarks.limit;

import static java.util.Objects.requireNonNull;

import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Decisions that a node makes by itself, by two threads; each round gives every case a JVM of its own. */
final class DenialRun {
    private static final int THREADS = 2;
    private static final int MANY = 10_000;
    private static final String BYTES = "gc.alloc.rate.norm";

    private final int rounds;
    private final String address;
    private final Map<String, List<RunResult>> results = new LinkedHashMap<>();

    DenialRun(String address, int rounds) {
        this.address = address;
        this.rounds = rounds;
    }

    /** Measures, and returns the table. */
    Table table() {
        for (int round = 1; round <= rounds; round++) {
            System.out.println("Rate limits in the process: round " + round + " of " + rounds);
            measure("one key, a server counts", 1, address, false);
            measure("10,000 keys, a server counts", MANY, address, false);
            measure("one leased key", 1, address, true);
            measure("10,000 leased keys", MANY, address, true);
            measure("one key, without a server", 1, "", false);
            measure("10,000 keys, without a server", MANY, "", false);
            measurePeer("one key, Resilience4j");
        }
        Table table = new Table(
                "Rate limits, keys that a node decides about by itself",
                List.of("keys", "decisions a second, min / median / max", "B a decision"));
        results.forEach((label, of) -> table.row(row(label, of)));
        return table;
    }

    private void measure(String label, int keys, String where, boolean leased) {
        try {
            results.computeIfAbsent(label, any -> new ArrayList<>())
                    .add(new Runner(options(keys, where, leased)).runSingle());
        } catch (RunnerException e) {
            throw new IllegalStateException("The benchmark of " + label + " failed: " + e.getMessage(), e);
        }
    }

    private void measurePeer(String label) {
        try {
            Options options = begin(PeerDenialBenchmark.class).build();
            results.computeIfAbsent(label, any -> new ArrayList<>()).add(new Runner(options).runSingle());
        } catch (RunnerException e) {
            throw new IllegalStateException("The benchmark of " + label + " failed: " + e.getMessage(), e);
        }
    }

    private static List<String> row(String label, List<RunResult> of) {
        Spread perSecond = new Series(of.stream()
                        .map(result -> result.getPrimaryResult().getScore())
                        .toList())
                .spread();
        double bytes = of.stream().mapToDouble(DenialRun::bytes).average().orElse(0);
        return List.of(label, perSecond.text(), Spread.digits(bytes));
    }

    private static double bytes(RunResult result) {
        return requireNonNull(result.getSecondaryResults().get(BYTES), "no " + BYTES + " from the profiler")
                .getScore();
    }

    private static Options options(int keys, String where, boolean leased) {
        return begin(DenialBenchmark.class)
                .param("keys", String.valueOf(keys))
                .param("address", where)
                .param("leased", String.valueOf(leased))
                .build();
    }

    private static ChainedOptionsBuilder begin(Class<?> benchmark) {
        return new OptionsBuilder()
                .include(benchmark.getName() + "\\.decide$")
                .threads(THREADS)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(2)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xms512m", "-Xmx512m")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }
}
