package io.nearfar.benchmarks.limit;

import io.nearfar.benchmarks.peer.LimiterPeer;
import io.nearfar.benchmarks.report.Report;
import java.util.List;

/** All figures of rate limiters. */
public final class LimitRun {
    private static final int MANY = 16;

    private final String address;
    private final int rounds;
    private final Report report;

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param rounds how often each peer is measured
     * @param report what gets the figures
     */
    public LimitRun(String address, int rounds, Report report) {
        this.address = address;
        this.rounds = rounds;
        this.report = report;
    }

    /** Measures everything. */
    public void measure() {
        measureOneKey();
        report.add(new DenialRun(address, rounds).table());
        report.add(new FrozenRun(address, rounds).table());
    }

    /** Measures one key that is admitted, by one thread and by many. */
    public void measureOneKey() {
        List<LimiterPeer> all = List.of(LimiterPeer.values());
        new HotKeyRun(address, rounds, 1, report).measure(all);
        new HotKeyRun(address, rounds, MANY, report).measure(all);
    }

    /** Measures what the check of a build looks at. */
    public void check() {
        new HotKeyRun(address, rounds, 1, report).measure(List.of(LimiterPeer.NEARFAR, LimiterPeer.ONE_COUNTER));
    }
}
