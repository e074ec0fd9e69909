package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.List;
import java.util.stream.Stream;

/** What a manager and its first cache take to start, in a JVM that has never done it and in one that has. */
final class StartRun {
    private static final double NEAR_MILLIS = 150;
    private static final double TIERED_MILLIS = 600;

    private final String address;
    private final Report report;

    StartRun(String address, Report report) {
        this.address = address;
        this.report = report;
    }

    void measure() {
        Table table = new Table(
                "Start of a manager and its first cache, up to the first answer",
                List.of(
                        "peer",
                        "ms, in a warm JVM, min / median / max",
                        "ms, the first of a JVM",
                        "classes",
                        "threads"));
        start(Peer.CAFFEINE_JCACHE, table);
        start(Peer.REDISSON_JCACHE, table);
        bar("near", NEAR_MILLIS, start(Peer.NEARFAR_NEAR, table));
        bar("tiered", TIERED_MILLIS, start(Peer.NEARFAR_TIERED, table));
        report.add(table);
    }

    private void bar(String mode, double millis, Measured warm) {
        Bar bar = Bar.atMost("start of manager and first cache, mode " + mode + ", warm JVM", millis, "ms");
        report.add(warm.failed() ? Outcome.missing(bar, warm.failure()) : Outcome.of(bar, warm));
    }

    private Measured start(Peer peer, Table table) {
        System.out.println("Start: " + peer.label());
        try {
            String line = Fork.lastLine(StartProbe.class, List.of("-Xmx512m"), List.of(peer.name(), address));
            List<Double> figures =
                    Stream.of(line.split(" ")).map(Double::valueOf).toList();
            int starts = figures.size() - 2;
            Series warm = new Series(figures.subList(1, starts));
            table.row(List.of(
                    peer.label(),
                    warm.spread().text(),
                    Spread.digits(figures.get(0)),
                    String.valueOf(figures.get(starts).intValue()),
                    String.valueOf(figures.get(starts + 1).intValue())));
            return Measured.of(peer.label(), warm, "ms");
        } catch (RuntimeException e) {
            table.row(List.of(peer.label(), "failed: " + e, "", "", ""));
            report.failed("Start, " + peer.label(), e.toString());
            return Measured.failed(peer.label(), e.toString());
        }
    }
}
