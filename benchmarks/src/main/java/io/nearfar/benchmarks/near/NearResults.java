package io.nearfar.benchmarks.near;

import static java.util.Objects.requireNonNull;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What all rounds brought of one case. */
final class NearResults {
    /** How the profiler names the bytes that one operation allocates. */
    private static final String BYTES = "gc.alloc.rate.norm";

    private final NearCase measured;
    private final Map<Peer, List<Double>> nanos = new EnumMap<>(Peer.class);
    private final Map<Peer, List<Double>> bytes = new EnumMap<>(Peer.class);

    NearResults(NearCase measured) {
        this.measured = measured;
    }

    NearCase measured() {
        return measured;
    }

    void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            Peer peer = Peer.valueOf(result.getParams().getParam("peer"));
            note(nanos, peer, result.getPrimaryResult().getScore());
            Result<?> allocated = result.getSecondaryResults().get(BYTES);
            note(bytes, peer, requireNonNull(allocated, "no " + BYTES + " from the profiler").getScore());
        }
    }

    private static void note(Map<Peer, List<Double>> map, Peer peer, double score) {
        map.computeIfAbsent(peer, key -> new ArrayList<>()).add(score);
    }

    boolean has(Peer peer) {
        return nanos.containsKey(peer);
    }

    Series nanos(Peer peer) {
        return new Series(nanos.getOrDefault(peer, List.of()));
    }

    Series bytes(Peer peer) {
        return new Series(bytes.getOrDefault(peer, List.of()));
    }
}
