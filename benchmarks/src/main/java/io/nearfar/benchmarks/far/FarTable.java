package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Plot;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.List;

/** The table of figures of calls to the server, and their pictures. */
final class FarTable {
    private static final Peer BASE = Peer.LETTUCE;

    private FarTable() {}

    static Table begin() {
        return new Table(
                "On the server",
                List.of(
                        "operation",
                        "peer",
                        "µs per call, min / median / max",
                        "at p50",
                        "at p95",
                        "µs of CPU per call",
                        "B per call",
                        "× Lettuce"));
    }

    static void add(Table table, FarCase measured, List<Contender> contenders) {
        Measured base = of(contenders, BASE);
        contenders.forEach(contender -> table.row(row(measured, contender, base)));
    }

    private static List<String> row(FarCase measured, Contender contender, Measured base) {
        String label = contender.peer().label();
        Measured counts = contender.counts();
        if (counts.failed()) {
            return List.of(measured.label(), label, "failed: " + counts.failure(), "", "", "", "", "");
        }
        return List.of(
                measured.label(),
                label,
                counts.series().spread().text(),
                Spread.digits(contender.middle().series().spread().median()),
                Spread.digits(contender.high().series().spread().median()),
                Spread.digits(contender.cpuMicros()),
                Spread.digits(contender.bytes()),
                ratio(contender, counts, base));
    }

    private static String ratio(Contender contender, Measured counts, Measured base) {
        if (contender.peer() == BASE) {
            return "1";
        }
        return base.failed() ? "" : counts.series().ratioTo(base.series()).text();
    }

    /** Returns what the peer took; a failure if it is not among them. */
    static Measured of(List<Contender> contenders, Peer peer) {
        return contenders.stream()
                .filter(contender -> contender.peer() == peer)
                .findFirst()
                .map(Contender::counts)
                .orElseGet(() -> Measured.failed(peer.label(), "it was not measured"));
    }

    static Plot plot(FarCase measured, List<Contender> contenders) {
        return new Plot(
                measured.file(),
                "On the server, " + measured.label() + ": µs per call",
                contenders.stream().map(Contender::counts).toList());
    }
}
