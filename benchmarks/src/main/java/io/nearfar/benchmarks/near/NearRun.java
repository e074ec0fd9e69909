package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.peer.Operation;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** All in-process figures: in each round every peer gets a JVM of its own, one after the other. */
public final class NearRun {
    private static final List<NearCase> CASES = List.of(
            new NearCase(Operation.GET, "get", Values.NUMBER),
            new NearCase(Operation.GET, "get", Values.OBJECT),
            new NearCase(Operation.PUT, "put", Values.NUMBER),
            new NearCase(Operation.GET_ALL, "getAll", Values.NUMBER),
            new NearCase(Operation.INVOKE, "invoke", Values.NUMBER));

    private final String address;
    private final int rounds;

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param rounds how often each peer is measured
     */
    public NearRun(String address, int rounds) {
        this.address = address;
        this.rounds = rounds;
    }

    /** Measures, and returns the table. */
    public String tables() {
        List<NearResults> results = CASES.stream().map(NearResults::new).toList();
        for (int round = 1; round <= rounds; round++) {
            System.out.println("In the process: round " + round + " of " + rounds);
            for (NearResults of : results) {
                measure(of);
            }
        }
        return NearTable.of(results).text();
    }

    private void measure(NearResults results) {
        for (Peer peer : Peer.inProcess(results.measured().operation())) {
            try {
                results.add(peer, new Runner(options(results.measured(), peer)).runSingle());
            } catch (RunnerException e) {
                results.failed(peer, e);
            }
        }
    }

    private Options options(NearCase measured, Peer peer) {
        return new OptionsBuilder()
                .include(NearBenchmark.class.getName() + "\\." + measured.method() + "$")
                .param("peer", peer.name())
                .param("values", measured.values().name())
                .param("address", address)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(200))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xms512m", "-Xmx512m")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }
}
