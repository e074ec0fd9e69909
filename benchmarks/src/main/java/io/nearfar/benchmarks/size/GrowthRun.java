package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.NearfarCaches;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.peer.Values;
import io.nearfar.benchmarks.report.Bar;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Table;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What calls cost with more and more entries, and what a node costs with more and more caches. */
public final class GrowthRun {
    private static final List<Peer> PEERS = List.of(Peer.CAFFEINE, Peer.NEARFAR_NEAR, Peer.NEARFAR_FAR);
    private static final List<Integer> CACHES = List.of(1, 100, 1_000);
    private static final int CHUNK = 1_000;
    private static final int MOST_CALLS = 1_000_000;
    private static final int WARM_UP = 3;
    private static final int BLOCKS = 6;
    private static final double FLAT = 2;
    /** Four for calls and one for messages. */
    private static final double MOST_CONNECTIONS = 5;

    private final String address;
    private final List<Integer> sizes;
    private final Report report;

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param sizes how many entries there are, one after the other, the fewest first
     * @param report what gets the figures
     */
    public GrowthRun(String address, List<Integer> sizes, Report report) {
        this.address = address;
        this.sizes = List.copyOf(sizes);
        this.report = report;
    }

    /** Measures. */
    public void measure() {
        Table table = new Table(
                "Calls with more and more entries",
                List.of("entries", "peer", "µs of a get, min / median / max", "µs of a put", "ms of one clear"));
        for (Peer peer : PEERS) {
            List<Grown> grown = grown(peer);
            grown.forEach(each -> table.row(each.row(peer)));
            if (peer == Peer.NEARFAR_FAR && sizes.size() > 1) {
                judge(grown.get(0), grown.get(sizes.size() - 1));
            }
        }
        report.add(table);
        tags();
        caches();
    }

    private void judge(Grown fewest, Grown most) {
        String sizes = ", " + most.entries + " entries beside " + fewest.entries;
        judge("far get" + sizes, most.get, fewest.get, "µs");
        judge("far put" + sizes, most.put, fewest.put, "µs");
        judge("a clear, mode far" + sizes, most.clears(), fewest.clears(), "ms");
    }

    private void judge(String what, Series most, Series fewest, String unit) {
        report.add(Outcome.ratio(
                Bar.atMost(what, FLAT),
                Measured.of("Nearfar, far", most, unit),
                Measured.of("the same with fewer", fewest, unit)));
    }

    /** Caches of all sizes take turns, so that a change of the machine's pace meets them alike. */
    private List<Grown> grown(Peer peer) {
        List<Grown> grown = new ArrayList<>();
        try {
            for (int entries : sizes) {
                System.out.println("Growth: " + entries + " entries, " + peer.label());
                Opening opening = Opening.of(Values.NUMBER, address).withRoom(2 * entries);
                grown.add(new Grown(peer.open(opening), entries, peer == Peer.NEARFAR_FAR ? CHUNK : MOST_CALLS));
            }
            for (int block = 0; block < WARM_UP + BLOCKS; block++) {
                boolean counts = block >= WARM_UP;
                grown.forEach(each -> each.callEach(counts));
            }
            grown.forEach(Grown::clear);
            return grown;
        } finally {
            grown.forEach(Grown::close);
        }
    }

    private void tags() {
        Table table = new Table(
                "A namespace, which is a tag, of one entry in nine is invalidated",
                List.of("entries", "ms, min / median / max"));
        List<Series> ends = new ArrayList<>();
        for (int entries : sizes) {
            System.out.println("Growth: " + entries + " entries with tags");
            Series millis = TaggedRun.millis(address, entries);
            table.row(List.of(String.valueOf(entries), millis.spread().text()));
            ends.add(millis);
        }
        report.add(table);
        int last = sizes.size() - 1;
        if (last > 0) {
            String what = "a tag's end, " + sizes.get(last) + " entries beside " + sizes.get(0);
            judge(what, ends.get(last), ends.get(0), "ms");
        }
    }

    private void caches() {
        Table table = new Table("A node with more and more tiered caches", List.of("caches", "threads", "connections"));
        List<Double> threads = new ArrayList<>();
        List<Double> connections = new ArrayList<>();
        for (int count : CACHES) {
            System.out.println("Growth: " + count + " caches");
            try (ServerFigures figures = ServerFigures.of(address)) {
                long connected = figures.clients();
                int running = ManagementFactory.getThreadMXBean().getThreadCount();
                try (NearfarCaches node = NearfarCaches.open(address, "benchmark-caches-" + count)) {
                    for (int i = 0; i < count; i++) {
                        node.cache("cache-" + i).put("a", 1L);
                    }
                    threads.add((double) ManagementFactory.getThreadMXBean().getThreadCount() - running);
                    connections.add((double) figures.clients() - connected);
                    table.row(List.of(String.valueOf(count), last(threads), last(connections)));
                }
            }
        }
        report.add(table);
        report.add(Outcome.ratio(
                Bar.atMost("threads of a node with 1,000 caches beside one with a single", 1.2),
                Measured.of("Nearfar, tiered", lastOf(threads), "threads"),
                Measured.of("one cache", new Series(List.of(threads.get(0))), "threads")));
        report.add(Outcome.of(
                Bar.atMost(
                        "connections of a node with 1,000 caches, as many as one cache may have",
                        MOST_CONNECTIONS,
                        "connections"),
                Measured.of("Nearfar, tiered", lastOf(connections), "connections")));
    }

    private static Series lastOf(List<Double> figures) {
        return new Series(List.of(figures.get(figures.size() - 1)));
    }

    private static String last(List<Double> figures) {
        return String.valueOf(figures.get(figures.size() - 1).intValue());
    }
}
