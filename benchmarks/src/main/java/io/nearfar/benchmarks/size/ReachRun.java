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
    private static final int WRITES = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
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
                List.of("other JVMs", "ms at p50", "at p99", "the longest", "not seen before the next put"));
        for (int nodes : sizes) {
            System.out.println("Reach: " + nodes + " other JVMs");
            Arrivals arrivals = arrivals(nodes);
            List<Double> millis = arrivals.millis();
            table.row(List.of(
                    String.valueOf(nodes),
                    at(millis, PERCENT / 2),
                    at(millis, PERCENT - 1),
                    at(millis, PERCENT),
                    String.valueOf(arrivals.missed())));
            if (nodes == sizes.get(0)) {
                judge(nodes, millis);
            }
        }
        report.add(table);
    }

    private void judge(int nodes, List<Double> millis) {
        Bar bar = Bar.atMost("an invalidation reaches " + nodes + " other JVM, at p50", BAR_MILLIS, "ms");
        report.add(
                millis.isEmpty()
                        ? Outcome.missing(bar, "no other JVM was told")
                        : Outcome.of(bar, Measured.of("Nearfar, tiered", new Series(millis), "ms")));
    }

    private Arrivals arrivals(int count) {
        List<ReachNode> nodes = new ArrayList<>();
        try (NearfarCaches writer = NearfarCaches.open(address, ReachProbe.PREFIX)) {
            Cache<String, Long> cache = writer.cache(ReachProbe.CACHE);
            cache.put(ReachProbe.KEY, 0L);
            for (int i = 0; i < count; i++) {
                nodes.add(ReachNode.start(address));
            }
            nodes.forEach(ReachNode::awaitReady);
            Arrivals arrivals = new Arrivals(written(cache));
            nodes.forEach(node -> arrivals.add(node.instants()));
            return arrivals;
        } finally {
            nodes.forEach(ReachNode::close);
        }
    }

    private static List<Long> written(Cache<String, Long> cache) {
        List<Long> begun = new ArrayList<>();
        for (long value = 1; value <= WRITES; value++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            begun.add(System.nanoTime());
            cache.put(ReachProbe.KEY, value);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
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
