package io.nearfar.benchmarks.size;

import io.nearfar.NearfarCache;
import io.nearfar.benchmarks.peer.City;
import io.nearfar.benchmarks.peer.NearfarCaches;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Spread;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.cache.Cache;

/** What the usual guides to a cache over Redis expect of it, beside what a tiered cache of ten thousand objects does. */
public final class GuideRun {
    private static final int ENTRIES = 10_000;
    private static final int CHUNK = 1_000;
    private static final int CALLS = 10_000;
    private static final int WARM_UP = 5_000;
    private static final int PATTERNS = 5;
    private static final int THREADS = 16;
    private static final int READS_OF_TEN = 9;
    private static final double NANOS_OF_A_MILLI = 1e6;
    private static final double BYTES_OF_A_MEGABYTE = 1e6;
    private static final double NANOS_OF_A_SECOND = 1e9;
    private static final int USUAL_PERCENT = 95;

    private final String address;
    private final Report report;

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param report what gets the figures
     */
    public GuideRun(String address, Report report) {
        this.address = address;
        this.report = report;
    }

    /** Measures. */
    public void measure() {
        System.out.println("What guides expect");
        Table table = new Table(
                "What guides expect of a cache over Redis, and a tiered cache of 10,000 objects of ten fields",
                List.of("what", "expected", "here"));
        try (ServerFigures figures = ServerFigures.of(address)) {
            // A walk goes over all keys of a server, and those of other measurements are not what is measured
            figures.flush();
            measure(table, figures);
        }
        report.add(table);
    }

    private void measure(Table table, ServerFigures figures) {
        try (NearfarCaches node = NearfarCaches.open(address, "benchmark-guide")) {
            Cache<String, City> cache = node.cache("cities", City.class);
            long before = figures.memory();
            fill(cache);
            double megabytes = (figures.memory() - before) / BYTES_OF_A_MEGABYTE;
            row(table, "get, p95, a tenth of them near", "< 1 ms", millis(key -> cache.get(key)), "ms");
            row(table, "put, p95", "< 2 ms", millis(key -> cache.put(key, City.numbered(1))), "ms");
            row(table, "remove, p95", "< 1 ms", removals(cache), "ms");
            row(table, "a pattern that ends all of them", "5 to 50 ms", patterns(cache), "ms");
            fill(cache);
            row(table, "nine gets and a put, by 16 threads", "10,000 a second", perSecond(cache), "a second");
            row(table, "memory of the server for them", "500 MB", megabytes, "MB");
        }
    }

    private static void row(Table table, String what, String expected, double seen, String unit) {
        table.row(List.of(what, expected, Spread.digits(seen) + " " + unit));
    }

    private static void fill(Cache<String, City> cache) {
        for (int first = 0; first < ENTRIES; first += CHUNK) {
            Map<String, City> chunk = new HashMap<>();
            IntStream.range(first, first + CHUNK).forEach(number -> chunk.put(key(number), City.numbered(number)));
            cache.putAll(chunk);
        }
    }

    private static String key(int number) {
        return "city:" + number;
    }

    /** Returns what nineteen of twenty calls do not exceed, about keys by chance. */
    private static double millis(Consumer<String> call) {
        SplittableRandom chance = new SplittableRandom(1);
        usual(chance.ints(WARM_UP, 0, ENTRIES), call);
        return usual(chance.ints(CALLS, 0, ENTRIES), call);
    }

    /** Likewise for removals, each of an entry that is there. */
    private static double removals(Cache<String, City> cache) {
        fill(cache);
        usual(IntStream.range(0, WARM_UP), cache::remove);
        fill(cache);
        return usual(IntStream.range(0, ENTRIES), cache::remove);
    }

    private static double usual(IntStream numbers, Consumer<String> call) {
        List<Double> millis = new ArrayList<>();
        numbers.mapToObj(GuideRun::key).forEach(key -> {
            long begun = System.nanoTime();
            call.accept(key);
            millis.add((System.nanoTime() - begun) / NANOS_OF_A_MILLI);
        });
        millis.sort(null);
        return millis.get(millis.size() * USUAL_PERCENT / 100);
    }

    private static double patterns(Cache<String, City> cache) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < PATTERNS; i++) {
            fill(cache);
            long begun = System.nanoTime();
            cache.unwrap(NearfarCache.class).invalidatePattern("city:*");
            millis.add((System.nanoTime() - begun) / NANOS_OF_A_MILLI);
        }
        return Spread.of(millis).median();
    }

    private static double perSecond(Cache<String, City> cache) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            all(threads, cache); // to warm up
            long begun = System.nanoTime();
            all(threads, cache);
            return THREADS * CALLS / ((System.nanoTime() - begun) / NANOS_OF_A_SECOND);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void all(ExecutorService threads, Cache<String, City> cache) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int seed = thread;
            running.add(CompletableFuture.runAsync(() -> mix(cache, new SplittableRandom(seed)), threads));
        }
        running.forEach(CompletableFuture::join);
    }

    private static void mix(Cache<String, City> cache, SplittableRandom chance) {
        for (int i = 0; i < CALLS; i++) {
            String key = key(chance.nextInt(ENTRIES));
            if (i % (READS_OF_TEN + 1) < READS_OF_TEN) {
                cache.get(key);
            } else {
                cache.put(key, City.numbered(i));
            }
        }
    }
}
