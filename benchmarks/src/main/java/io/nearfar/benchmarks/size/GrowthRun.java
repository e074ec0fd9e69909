package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.Driver;
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
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What calls cost with more and more entries, and what a node costs with more and more caches. */
public final class GrowthRun {
    private static final List<Peer> PEERS = List.of(Peer.CAFFEINE, Peer.NEARFAR_NEAR, Peer.NEARFAR_FAR);
    private static final List<Integer> CACHES = List.of(1, 100, 1_000);
    private static final int CHUNK = 1_000;
    private static final int BLOCKS = 9;
    /** Coprime to the numbers of entries, so that the keys of a walk come in no order and all in turn. */
    private static final int STRIDE = 7_919;

    private static final double FLAT = 2;
    private static final double NANOS_OF_A_MICRO = 1_000;

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

    /** What calls cost with so many entries. */
    private record Grown(Series get, Series put, double clearMillis) {}

    /** Measures. */
    public void measure() {
        Table table = new Table(
                "Calls with more and more entries",
                List.of("entries", "peer", "µs of a get, min / median / max", "µs of a put", "ms of a clear"));
        Map<Peer, List<Grown>> all = new HashMap<>();
        for (int entries : sizes) {
            for (Peer peer : PEERS) {
                System.out.println("Growth: " + entries + " entries, " + peer.label());
                Grown grown = grown(peer, entries);
                all.computeIfAbsent(peer, any -> new ArrayList<>()).add(grown);
                table.row(List.of(
                        String.valueOf(entries),
                        peer.label(),
                        grown.get.spread().text(),
                        grown.put.spread().text(),
                        Spread.digits(grown.clearMillis)));
            }
        }
        report.add(table);
        if (sizes.size() > 1) {
            List<Grown> far = all.getOrDefault(Peer.NEARFAR_FAR, List.of());
            judge(far.get(0), far.get(far.size() - 1));
        }
        caches();
    }

    private void judge(Grown fewest, Grown most) {
        String work = "far get, " + sizes.get(sizes.size() - 1) + " entries beside " + sizes.get(0);
        report.add(Outcome.ratio(
                Bar.atMost(work, FLAT),
                Measured.of("Nearfar, far", most.get, "µs"),
                Measured.of("the same with fewer", fewest.get, "µs")));
    }

    private Grown grown(Peer peer, int entries) {
        Opening opening = Opening.of(Values.NUMBER, address).withRoom(2 * entries);
        try (Driver driver = peer.open(opening)) {
            fill(driver, entries);
            int calls = peer == Peer.NEARFAR_FAR ? CHUNK : entries;
            Series get = series(entries, calls, key -> mustHold(driver.get(key) != null));
            Series put = series(entries, calls, key -> driver.put(key, 1L));
            long begun = System.nanoTime();
            driver.clear();
            return new Grown(get, put, (System.nanoTime() - begun) / NANOS_OF_A_MICRO / NANOS_OF_A_MICRO);
        }
    }

    private static void fill(Driver driver, int entries) {
        for (int first = 0; first < entries; first += CHUNK) {
            Map<String, Object> chunk = new HashMap<>();
            for (int key = first; key < first + CHUNK; key++) {
                chunk.put(key(key), (long) key);
            }
            driver.putAll(chunk);
        }
    }

    private static String key(int number) {
        return "grown:" + number;
    }

    private static void mustHold(boolean found) {
        if (!found) {
            throw new IllegalStateException("A get did not find what was put before; its figure would mean nothing");
        }
    }

    /** One call about a key. */
    private interface KeyCall {
        void about(String key);
    }

    /** Returns for each block the microseconds that a call took; the keys are made beforehand. */
    private static Series series(int entries, int calls, KeyCall call) {
        String[] keys = new String[calls];
        for (int i = 0; i < calls; i++) {
            keys[i] = key((int) ((long) i * STRIDE % entries));
        }
        List<Double> micros = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            long begun = System.nanoTime();
            for (String key : keys) {
                call.about(key);
            }
            micros.add((System.nanoTime() - begun) / NANOS_OF_A_MICRO / calls);
        }
        // The first ones warmed up
        return new Series(micros.subList(BLOCKS / 3, BLOCKS));
    }

    private void caches() {
        Table table = new Table("A node with more and more tiered caches", List.of("caches", "threads", "connections"));
        List<Double> threads = new ArrayList<>();
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
                    table.row(List.of(
                            String.valueOf(count),
                            String.valueOf(threads.get(threads.size() - 1).intValue()),
                            String.valueOf(figures.clients() - connected)));
                }
            }
        }
        report.add(table);
        report.add(Outcome.ratio(
                Bar.atMost("threads of a node with 1,000 caches beside one with a single", 1.2),
                Measured.of("Nearfar, tiered", new Series(List.of(threads.get(threads.size() - 1))), "threads"),
                Measured.of("one cache", new Series(List.of(threads.get(0))), "threads")));
    }
}
