package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.peer.Operation;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.List;

/** The table of figures of calls to the server. */
final class FarTable {
    private static final Peer BASE = Peer.REDISSON;

    private FarTable() {}

    static Table begin() {
        return new Table(
                "On the server",
                List.of("operation", "peer", "µs per call at p10, min / median / max", "at p50", "× Redisson at p10"));
    }

    static void add(Table table, Operation operation, List<Contender> contenders) {
        Contender base = contenders.stream()
                .filter(contender -> contender.peer() == BASE)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Nothing to compare " + operation + " with; add it to the operations of " + BASE));
        contenders.forEach(contender -> table.row(row(operation, contender, base)));
    }

    private static List<String> row(Operation operation, Contender contender, Contender base) {
        String label = contender.peer().label();
        RuntimeException failure = contender.failure();
        if (failure != null) {
            return List.of(operation.label(), label, "failed: " + failure, "", "");
        }
        Series low = contender.low();
        return List.of(
                operation.label(),
                label,
                low.spread().text(),
                Spread.digits(contender.middle().spread().median()),
                contender == base ? "1" : low.ratioTo(base.low()).text());
    }
}
