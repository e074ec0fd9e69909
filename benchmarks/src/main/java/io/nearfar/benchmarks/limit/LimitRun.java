package io.nearfar.benchmarks.limit;

import io.nearfar.benchmarks.peer.LimiterPeer;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** All figures of rate limiters. Those that ask a server take turns, in another order each round. */
public final class LimitRun {
    private static final long WARM_UP_MILLIS = 3_000;
    private static final long ROUND_MILLIS = 500;

    private final String address;
    private final int rounds;
    private final Random order = new Random(107);

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param rounds how often each peer is measured
     */
    public LimitRun(String address, int rounds) {
        this.address = address;
        this.rounds = rounds;
    }

    /** Measures, and returns the tables. */
    public String tables() {
        String onTheServer = onTheServer();
        String inTheProcess = new DenialRun(address, rounds).table();
        return String.join("\n", onTheServer, inTheProcess, new FrozenRun(address, rounds).table());
    }

    private String onTheServer() {
        List<LimitContender> contenders = new ArrayList<>();
        try (ServerFigures figures = ServerFigures.of(address)) {
            for (LimiterPeer peer : LimiterPeer.values()) {
                contenders.add(new LimitContender(peer, figures, address));
            }
            contenders.forEach(contender -> contender.warmUp(WARM_UP_MILLIS));
            List<LimitContender> turn = new ArrayList<>(contenders);
            for (int round = 1; round <= rounds; round++) {
                System.out.println("Rate limits on the server: round " + round + " of " + rounds);
                Collections.shuffle(turn, order);
                turn.forEach(contender -> contender.measure(ROUND_MILLIS));
            }
            return table(contenders);
        } finally {
            contenders.forEach(LimitContender::close);
        }
    }

    private static String table(List<LimitContender> contenders) {
        Table table = new Table(
                "Rate limits, one key that is admitted",
                List.of(
                        "limits of a request",
                        "peer",
                        "decisions a second, min / median / max",
                        "× Bucket4j",
                        "µs of the server a decision",
                        "× Redisson",
                        "commands a decision"));
        LimitContender bucket4j = of(contenders, LimiterPeer.BUCKET4J);
        LimitContender redisson = of(contenders, LimiterPeer.REDISSON);
        contenders.forEach(contender -> table.row(contender.row(bucket4j, redisson)));
        return table.text();
    }

    private static LimitContender of(List<LimitContender> contenders, LimiterPeer peer) {
        return contenders.stream()
                .filter(contender -> contender.peer() == peer)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing to compare with: " + peer + " was not opened"));
    }
}
