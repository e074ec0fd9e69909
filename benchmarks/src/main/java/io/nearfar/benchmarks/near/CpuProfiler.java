package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.report.Costs;
import io.nearfar.benchmarks.report.Costs.Look;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** The nanoseconds of all threads of the JVM that one operation costs, those in the background included. */
public final class CpuProfiler implements InternalProfiler {
    /** How the result is named. */
    static final String NANOS = "cpu.norm";

    private Look before = Costs.now();

    @Override
    public String getDescription() {
        return "CPU time of all Java threads for each operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = Costs.now();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = before.costs().nanos();
        long operations = Math.max(1, result.getMetadata().getAllOps());
        return List.of(new ScalarResult(NANOS, nanos / operations, "ns/op", AggregationPolicy.AVG));
    }
}
