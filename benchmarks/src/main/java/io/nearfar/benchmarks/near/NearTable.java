package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.List;

/** The table of in-process figures. */
final class NearTable {
    private static final Peer BASE = Peer.CAFFEINE;

    private NearTable() {}

    static Table of(List<NearResults> results) {
        Table table = new Table(
                "In the process",
                List.of("operation", "peer", "ns per call, min / median / max", "B per call", "× Caffeine"));
        results.forEach(
                result -> Peer.inProcess(result.measured().operation()).forEach(peer -> table.row(row(result, peer))));
        return table;
    }

    private static List<String> row(NearResults result, Peer peer) {
        String operation = result.measured().label();
        String failure = result.failure(peer);
        if (failure != null) {
            return List.of(operation, peer.label(), "failed: " + failure, "", "");
        }
        return List.of(
                operation,
                peer.label(),
                result.nanos(peer).spread().text(),
                Spread.digits(result.bytes(peer).spread().median()),
                ratio(result, peer));
    }

    private static String ratio(NearResults result, Peer peer) {
        boolean comparable = peer != BASE && result.failure(BASE) == null;
        return comparable ? result.nanos(peer).ratioTo(result.nanos(BASE)).text() : "1";
    }
}
