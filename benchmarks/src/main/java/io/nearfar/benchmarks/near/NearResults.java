package io.nearfar.benchmarks.near;

import static java.util.Objects.requireNonNull;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** What all rounds brought of one case. */
final class NearResults {
    /** How the profiler names the bytes that one operation allocates. */
    private static final String BYTES = "gc.alloc.rate.norm";

    private final NearCase measured;
    private final Map<Peer, List<Double>> nanos = new EnumMap<>(Peer.class);
    private final Map<Peer, List<Double>> bytes = new EnumMap<>(Peer.class);
    private final Map<Peer, String> failures = new EnumMap<>(Peer.class);

    NearResults(NearCase measured) {
        this.measured = measured;
    }

    NearCase measured() {
        return measured;
    }

    void add(Peer peer, RunResult result) {
        note(nanos, peer, result.getPrimaryResult().getScore());
        Result<?> allocated = result.getSecondaryResults().get(BYTES);
        note(
                bytes,
                peer,
                requireNonNull(allocated, "no " + BYTES + " from the profiler").getScore());
    }

    /** Keeps the reason; a peer that failed once gets no figure, for its rounds would no longer fit the others'. */
    void failed(Peer peer, RunnerException failure) {
        Throwable reason = failure;
        while (reason.getCause() != null || reason.getSuppressed().length > 0) {
            reason = reason.getCause() != null ? reason.getCause() : reason.getSuppressed()[0];
        }
        failures.put(peer, reason.toString().lines().findFirst().orElse("no reason given"));
    }

    private static void note(Map<Peer, List<Double>> map, Peer peer, double score) {
        map.computeIfAbsent(peer, key -> new ArrayList<>()).add(score);
    }

    /** Returns why there is no figure, or null if there is one. */
    @Nullable
    String failure(Peer peer) {
        return failures.get(peer);
    }

    Series nanos(Peer peer) {
        return new Series(nanos.getOrDefault(peer, List.of()));
    }

    Series bytes(Peer peer) {
        return new Series(bytes.getOrDefault(peer, List.of()));
    }
}
