package io.nearfar.benchmarks.limit;

import io.nearfar.benchmarks.peer.LimiterPeer;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Plot;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One key that is admitted, asked about by so many threads. The limiters take turns, in another order each round. */
final class HotKeyRun {
    private static final long WARM_UP_MILLIS = 2_000;
    private static final long ROUND_MILLIS = 500;
    private static final List<String> COLUMNS = List.of(
            "limits of a request",
            "peer",
            "decisions a second, min / median / max",
            "of one Lua counter's",
            "µs of the server a decision",
            "× one Lua counter",
            "commands a decision");

    private final String address;
    private final int rounds;
    private final int threads;
    private final Report report;
    private final Random order = new Random(107);

    HotKeyRun(String address, int rounds, int threads, Report report) {
        this.address = address;
        this.rounds = rounds;
        this.threads = threads;
        this.report = report;
    }

    /** Measures those limiters. */
    void measure(List<LimiterPeer> peers) {
        List<LimitContender> contenders = new ArrayList<>();
        try (ServerFigures figures = ServerFigures.of(address)) {
            for (LimiterPeer peer : peers) {
                contenders.add(new LimitContender(peer, figures, threads, address));
            }
            contenders.forEach(contender -> contender.warmUp(WARM_UP_MILLIS));
            List<LimitContender> turn = new ArrayList<>(contenders);
            for (int round = 1; round <= rounds; round++) {
                System.out.println("Rate limits by " + threads + " threads: round " + round + " of " + rounds);
                Collections.shuffle(turn, order);
                turn.forEach(contender -> contender.measure(ROUND_MILLIS));
            }
            tell(contenders);
        } finally {
            contenders.forEach(LimitContender::close);
        }
    }

    private void tell(List<LimitContender> contenders) {
        LimitContender base = of(contenders, LimiterPeer.ONE_COUNTER);
        String askers = threads == 1 ? "1 thread" : threads + " threads";
        String title = "Rate limits, one key that is admitted, " + askers;
        Table table = new Table(title, COLUMNS);
        contenders.forEach(contender -> table.row(row(contender, base)));
        report.add(table);
        report.add(new Plot(
                "limit-" + threads,
                title + ": decisions a second",
                contenders.stream().map(LimitContender::perSecond).toList()));
        report.add(Outcome.times(
                Bar.atMost("limiter, a hot key, " + askers + ": the time of a decision", 1.2),
                of(contenders, LimiterPeer.NEARFAR).perSecond(),
                base.perSecond()));
    }

    private static List<String> row(LimitContender contender, LimitContender base) {
        LimiterPeer peer = contender.peer();
        Measured perSecond = contender.perSecond();
        if (perSecond.failed()) {
            return List.of(peer.limits(), peer.label(), "failed: " + perSecond.failure(), "", "", "", "");
        }
        return List.of(
                peer.limits(),
                peer.label(),
                perSecond.series().spread().text(),
                ratio(perSecond, base.perSecond(), contender == base),
                contender.micros().series().spread().text(),
                ratio(contender.micros(), base.micros(), contender == base),
                Spread.digits(contender.commands().series().spread().median()));
    }

    private static String ratio(Measured own, Measured base, boolean itself) {
        if (itself) {
            return "1";
        }
        return base.failed() ? "" : own.series().ratioTo(base.series()).text();
    }

    private static LimitContender of(List<LimitContender> contenders, LimiterPeer peer) {
        return contenders.stream()
                .filter(contender -> contender.peer() == peer)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing to compare with: " + peer + " was not opened"));
    }
}
