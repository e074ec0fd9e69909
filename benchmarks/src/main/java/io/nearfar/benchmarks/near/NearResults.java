package io.nearfar.benchmarks.near;

import static java.util.Objects.requireNonNull;

import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** What all rounds brought of one case. */
final class NearResults {
    /** How the profiler names the bytes that one operation allocates. */
    private static final String BYTES = "gc.alloc.rate.norm";

    private final NearCase measured;
    private final Map<NearPeer, List<Double>> nanos = new HashMap<>();
    private final Map<NearPeer, List<Double>> cpu = new HashMap<>();
    private final Map<NearPeer, List<Double>> bytes = new HashMap<>();
    private final Map<NearPeer, String> failures = new HashMap<>();

    NearResults(NearCase measured) {
        this.measured = measured;
    }

    NearCase measured() {
        return measured;
    }

    void add(NearPeer peer, RunResult result) {
        note(nanos, peer, result.getPrimaryResult().getScore());
        note(cpu, peer, secondary(result, CpuProfiler.NANOS));
        note(bytes, peer, secondary(result, BYTES));
    }

    private static double secondary(RunResult result, String name) {
        Result<?> found = result.getSecondaryResults().get(name);
        return requireNonNull(found, "no " + name + " from the profiler").getScore();
    }

    /** Keeps the reason; a peer that failed once gets no figure, for its rounds would no longer fit the others'. */
    void failed(NearPeer peer, RunnerException failure) {
        Throwable reason = failure;
        while (reason.getCause() != null || reason.getSuppressed().length > 0) {
            reason = reason.getCause() != null ? reason.getCause() : reason.getSuppressed()[0];
        }
        failures.put(peer, reason.toString().lines().findFirst().orElse("no reason given"));
    }

    private static void note(Map<NearPeer, List<Double>> map, NearPeer peer, double score) {
        map.computeIfAbsent(peer, key -> new ArrayList<>()).add(score);
    }

    /** Returns what one call took. */
    Measured nanos(NearPeer peer) {
        return of(nanos, peer, "ns");
    }

    /** Returns what one call cost all threads. */
    Measured cpu(NearPeer peer) {
        return of(cpu, peer, "ns");
    }

    /** Returns what one call allocated. */
    Measured bytes(NearPeer peer) {
        return of(bytes, peer, "B");
    }

    private Measured of(Map<NearPeer, List<Double>> map, NearPeer peer, String unit) {
        String failure = failures.get(peer);
        return failure == null
                ? Measured.of(peer.label(), new Series(map.getOrDefault(peer, List.of())), unit)
                : Measured.failed(peer.label(), failure);
    }
}
