package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.report.Report;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** All in-process figures: in each round every peer gets a JVM of its own, one after the other. */
public final class NearRun {
    /** The same for all; what opens the JVM is what Hazelcast asks for to be at its best. */
    private static final String[] JVM = {
        "-Xms512m",
        "-Xmx512m",
        "--add-modules=java.se",
        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-opens=java.management/sun.management=ALL-UNNAMED",
        "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED"
    };

    private static final List<NearCase> CASES_JUDGED = List.of(NearCase.GET, NearCase.GET_OBJECT, NearCase.GET_BY_TWO);
    private static final List<NearCase> CASES_CHECKED = List.of(NearCase.GET, NearCase.GET_OBJECT);

    private final String address;
    private final int rounds;
    private final Report report;

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param rounds how often each peer is measured
     * @param report what gets the figures
     */
    public NearRun(String address, int rounds, Report report) {
        this.address = address;
        this.rounds = rounds;
        this.report = report;
    }

    /** Measures everything. */
    public void measure() {
        measure(List.of(NearCase.values()));
    }

    /** Measures what the bars are about, and nothing besides. */
    public void measureJudged() {
        measure(CASES_JUDGED);
    }

    private void measure(List<NearCase> cases) {
        Map<NearCase, NearResults> results = measured(cases, peer -> true);
        report.add(NearTable.of(List.copyOf(results.values())));
        results.values().forEach(of -> report.add(NearTable.plot(of)));
        new NearBars(results).outcomes().forEach(report::add);
    }

    /** Measures what the check of a build looks at. */
    public void check() {
        new NearBars(measured(CASES_CHECKED, NearBars.peersChecked()::contains))
                .checked()
                .forEach(report::add);
    }

    private Map<NearCase, NearResults> measured(List<NearCase> cases, Predicate<NearPeer> wanted) {
        Map<NearCase, NearResults> results = new EnumMap<>(NearCase.class);
        cases.forEach(each -> results.put(each, new NearResults(each)));
        for (int round = 1; round <= rounds; round++) {
            System.out.println("In the process: round " + round + " of " + rounds);
            results.values().forEach(of -> measure(of, wanted));
        }
        return results;
    }

    private void measure(NearResults results, Predicate<NearPeer> wanted) {
        for (NearPeer peer : results.measured().peers().stream().filter(wanted).toList()) {
            try {
                results.add(peer, new Runner(options(results.measured(), peer)).runSingle());
            } catch (RunnerException e) {
                results.failed(peer, e);
            }
        }
    }

    private Options options(NearCase measured, NearPeer peer) {
        return new OptionsBuilder()
                .include(NearBenchmark.class.getName() + "\\." + measured.method() + "$")
                .param("peer", peer.peer().name())
                .param("values", measured.kind().name())
                .param("duties", peer.duties().name())
                .param("address", address)
                .threads(measured.threads())
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(200))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .jvmArgsAppend(JVM)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }
}
