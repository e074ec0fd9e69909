package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Plot;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.List;

/** The table of in-process figures, and their pictures. */
final class NearTable {
    private static final NearPeer BASE = NearPeer.plain(Peer.CAFFEINE);

    private NearTable() {}

    static Table of(List<NearResults> results) {
        Table table = new Table(
                "In the process",
                List.of(
                        "operation",
                        "peer",
                        "ns per call, min / median / max",
                        "ns of CPU per call",
                        "B per call",
                        "× Caffeine"));
        for (NearResults result : results) {
            result.measured().peers().forEach(peer -> table.row(row(result, peer)));
        }
        return table;
    }

    private static List<String> row(NearResults result, NearPeer peer) {
        String operation = result.measured().label();
        Measured nanos = result.nanos(peer);
        if (nanos.failed()) {
            return List.of(operation, peer.label(), "failed: " + nanos.failure(), "", "", "");
        }
        return List.of(
                operation,
                peer.label(),
                nanos.series().spread().text(),
                Spread.digits(result.cpu(peer).series().spread().median()),
                Spread.digits(result.bytes(peer).series().spread().median()),
                ratio(nanos, result.nanos(BASE), peer));
    }

    private static String ratio(Measured nanos, Measured base, NearPeer peer) {
        if (peer.equals(BASE)) {
            return "1";
        }
        return base.failed() ? "" : nanos.series().ratioTo(base.series()).text();
    }

    static Plot plot(NearResults results) {
        NearCase measured = results.measured();
        return new Plot(
                measured.file(),
                "In the process, " + measured.label() + ": ns per call",
                measured.peers().stream().map(results::nanos).toList());
    }
}
