package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.NearfarCaches;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;

/** How long a write takes to take the entry out of the near tiers of other JVMs. */
public final class ReachRun {
    /** So many go before them, until the JVMs have compiled what they run. */
    private static final int WARM_UP = 2_000;

    private static final int WARM_UP_MILLIS = 2;
    private static final int WRITES = 200;
    /** What lies between two writes; the last is judged. A machine that was idle for long takes its time to wake. */
    private static final List<Integer> PAUSES = List.of(40, 10);

    private static final double BAR_MILLIS = 0.5;
    private static final int PERCENT = 100;

    private final String address;
    private final List<Integer> sizes;
    private final Report report;

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param sizes how many other JVMs there are, one after the other; the first is judged
     * @param report what gets the figures
     */
    public ReachRun(String address, List<Integer> sizes, Report report) {
        this.address = address;
        this.sizes = List.copyOf(sizes);
        this.report = report;
    }

    /** Measures. */
    public void measure() {
        Table table = new Table(
                "From the begin of a put until another JVM has dropped its near entry",
                List.of(
                        "other JVMs",
                        "ms between two puts",
                        "ms at p50",
                        "at p99",
                        "the longest",
                        "not seen before the next put"));
        for (int nodes : sizes) {
            System.out.println("Reach: " + nodes + " other JVMs");
            List<Double> millis = List.of();
            for (int pause : PAUSES) {
                Arrivals arrivals = arrivals(nodes, pause);
                millis = arrivals.millis();
                table.row(List.of(
                        String.valueOf(nodes),
                        String.valueOf(pause),
                        at(millis, PERCENT / 2),
                        at(millis, PERCENT - 1),
                        at(millis, PERCENT),
                        String.valueOf(arrivals.missed())));
            }
            if (nodes == sizes.get(0)) {
                judge(nodes, millis);
            }
        }
        report.add(table);
    }

    private void judge(int nodes, List<Double> millis) {
        Bar bar = Bar.atMost(
                "an invalidation reaches " + nodes + " other JVM, at p50, puts " + PAUSES.get(PAUSES.size() - 1)
                        + " ms apart",
                BAR_MILLIS,
                "ms");
        report.add(
                millis.isEmpty()
                        ? Outcome.missing(bar, "no other JVM was told")
                        : Outcome.of(bar, Measured.of("Nearfar, tiered", new Series(millis), "ms")));
    }

    private Arrivals arrivals(int count, int pauseMillis) {
        List<OtherJvm> nodes = new ArrayList<>();
        try (NearfarCaches writer = NearfarCaches.open(address, ReachProbe.PREFIX)) {
            Cache<String, Long> cache = writer.cache(ReachProbe.CACHE);
            cache.put(ReachProbe.KEY, 0L);
            for (int i = 0; i < count; i++) {
                nodes.add(OtherJvm.start(ReachProbe.class, address));
            }
            nodes.forEach(OtherJvm::awaitReady);
            written(cache, WARM_UP, WARM_UP_MILLIS);
            Arrivals arrivals = new Arrivals(written(cache, WRITES, pauseMillis));
            nodes.forEach(node -> arrivals.add(node.instants()));
            return arrivals;
        } finally {
            nodes.forEach(OtherJvm::close);
        }
    }

    /** Returns when each of these writes began. */
    private static List<Long> written(Cache<String, Long> cache, int writes, int pauseMillis) {
        long pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        List<Long> begun = new ArrayList<>();
        for (long value = 1; value <= writes; value++) {
            LockSupport.parkNanos(pauseNanos);
            begun.add(System.nanoTime());
            cache.put(ReachProbe.KEY, value);
        }
        LockSupport.parkNanos(pauseNanos);
        return begun;
    }

    private static String at(List<Double> sorted, int percent) {
        if (sorted.isEmpty()) {
            return "";
        }
        int index = (int) Math.ceil(sorted.size() * percent / (double) PERCENT) - 1;
        return Spread.digits(sorted.get(index));
    }
}
