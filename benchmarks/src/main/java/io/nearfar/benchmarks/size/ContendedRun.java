package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.NearfarCaches;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What it costs to change one number by entry processors of several JVMs at once, beside one thread that does it alone. */
public final class ContendedRun {
    private static final int THREADS = 8;
    private static final int CALLS = 800;
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 12;
    private static final double NANOS_OF_A_MICRO = 1_000;

    private final String address;
    private final Report report;
    private long calls;

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param report what gets the figures
     */
    public ContendedRun(String address, Report report) {
        this.address = address;
        this.report = report;
    }

    /** Measures. */
    public void measure() {
        System.out.println("One key, changed by two JVMs");
        List<Double> alone = new ArrayList<>();
        List<Double> together = new ArrayList<>();
        try (NearfarCaches here = NearfarCaches.open(address, ContendedProbe.PREFIX);
                OtherJvm other = OtherJvm.start(ContendedProbe.class, address)) {
            ContendedProbe own = new ContendedProbe(here.cache(ContendedProbe.CACHE));
            other.awaitReady();
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                double one = micros(() -> own.add(1, CALLS));
                double two = micros(() -> addByBoth(own, other));
                if (round >= WARM_UP) {
                    alone.add(one);
                    together.add(two);
                }
            }
            if (own.sum() != calls) {
                throw new IllegalStateException("After " + calls + " calls the sum is " + own.sum()
                        + "; figures of what is wrong mean nothing");
            }
        }
        tell(new Series(alone), new Series(together));
    }

    private static void addByBoth(ContendedProbe own, OtherJvm other) {
        int threads = THREADS / 2;
        CompletableFuture<Void> here = CompletableFuture.runAsync(() -> own.add(threads, CALLS / THREADS));
        other.answer(threads + " " + CALLS / THREADS);
        here.join();
    }

    private double micros(Runnable adding) {
        long begun = System.nanoTime();
        adding.run();
        calls += CALLS;
        return (System.nanoTime() - begun) / NANOS_OF_A_MICRO / CALLS;
    }

    private void tell(Series alone, Series together) {
        Table table = new Table(
                "An entry processor adds one to the same number",
                List.of("JVMs", "threads", "µs per call, min / median / max"));
        table.row(List.of("1", "1", alone.spread().text()));
        table.row(List.of("2", String.valueOf(THREADS), together.spread().text()));
        report.add(table);
        report.add(Outcome.ratio(
                Bar.atMost("invoke of one key, " + THREADS + " threads of 2 JVMs, beside one thread alone", 1),
                Measured.of("Nearfar, tiered", together, "µs"),
                Measured.of("the same by one thread", alone, "µs")));
    }
}
