package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Plot;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Two tiers under 99 reads and one write of a hundred calls, of 100,000 keys of which 10,000 have room near. By turns. */
public final class MixRun {
    private static final List<Peer> PEERS =
            List.of(Peer.BY_HAND, Peer.NEARFAR_TIERED, Peer.REDISSON_LOCAL, Peer.JETCACHE);
    private static final Peer BASE = Peer.BY_HAND;
    private static final long WARM_UP_MILLIS = 2_000;
    private static final long ROUND_MILLIS = 400;
    /** Rounds are short, and the ratio is wanted of many. */
    private static final int ROUNDS = 3;

    private final String address;
    private final int rounds;
    private final Report report;
    private final Random order = new Random(107);

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param rounds a third of how often each peer is measured
     * @param report what gets the figures
     */
    public MixRun(String address, int rounds, Report report) {
        this.address = address;
        this.rounds = ROUNDS * rounds;
        this.report = report;
    }

    /** Measures. */
    public void measure() {
        System.out.println("On the server: a mix of reads and writes");
        List<MixContender> contenders = new ArrayList<>();
        try {
            PEERS.forEach(peer -> contenders.add(new MixContender(peer, address)));
            contenders.forEach(contender -> contender.warmUp(WARM_UP_MILLIS));
            List<MixContender> turn = new ArrayList<>(contenders);
            for (int round = 0; round < rounds; round++) {
                Collections.shuffle(turn, order);
                turn.forEach(contender -> contender.measure(ROUND_MILLIS));
            }
            tell(contenders);
        } finally {
            contenders.forEach(MixContender::close);
        }
    }

    private void tell(List<MixContender> contenders) {
        Measured base = of(contenders, BASE);
        Table table = new Table(
                "A mix of reads and writes, 8 threads",
                List.of("peer", "µs per call, all threads together, min / median / max", "× by hand"));
        for (MixContender contender : contenders) {
            Measured micros = contender.micros();
            table.row(
                    micros.failed()
                            ? List.of(micros.label(), "failed: " + micros.failure(), "")
                            : List.of(
                                    micros.label(),
                                    micros.series().spread().text(),
                                    base.failed()
                                            ? ""
                                            : micros.series()
                                                    .ratioTo(base.series())
                                                    .text()));
        }
        report.add(table);
        report.add(new Plot(
                "mix",
                "A mix of reads and writes, 8 threads: µs per call",
                contenders.stream().map(MixContender::micros).toList()));
        report.add(Outcome.ratio(
                Bar.atMost("99 gets and a put, 100,000 keys by Zipf, 10,000 near, 8 threads", 1.2),
                of(contenders, Peer.NEARFAR_TIERED),
                base));
    }

    private static Measured of(List<MixContender> contenders, Peer peer) {
        return contenders.stream()
                .filter(contender -> contender.peer() == peer)
                .findFirst()
                .map(MixContender::micros)
                .orElseGet(() -> Measured.failed(peer.label(), "it was not measured"));
    }
}
