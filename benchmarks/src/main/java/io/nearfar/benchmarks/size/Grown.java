package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cache of so many entries, and what calls about them have cost so far. */
final class Grown implements AutoCloseable {
    private static final int CHUNK = 1_000;
    /** Coprime to the numbers of entries, so that the keys of a walk come in no order and all in turn. */
    private static final int STRIDE = 7_919;

    private static final double NANOS_OF_A_MICRO = 1_000;
    private static final double NANOS_OF_A_MILLI = 1e6;

    /** How many entries there are. */
    final int entries;

    /** The microseconds of a get, block by block. */
    final Series get;

    /** The microseconds of a put. */
    final Series put;

    private final Driver driver;
    private final String[] keys;
    private final List<Double> gets = new ArrayList<>();
    private final List<Double> puts = new ArrayList<>();
    private final List<Double> clears = new ArrayList<>();

    /**
     * Fills a cache.
     *
     * @param driver what is filled, and closed with this
     * @param entries how many there are, a multiple of a thousand
     * @param mostCalls how many calls a block has at most
     */
    Grown(Driver driver, int entries, int mostCalls) {
        this.driver = driver;
        this.entries = entries;
        this.get = new Series(gets);
        this.put = new Series(puts);
        this.keys = new String[Math.min(entries, mostCalls)];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key((int) ((long) i * STRIDE % entries));
        }
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

    /** One call about a key. */
    private interface KeyCall {
        void about(String key);
    }

    /** Gets and puts a block of keys, which are made beforehand, and keeps what that took if it counts. */
    void callEach(boolean counts) {
        double read = micros(key -> mustHold(driver.get(key) != null));
        double written = micros(key -> driver.put(key, 1L));
        if (counts) {
            gets.add(read);
            puts.add(written);
        }
    }

    private double micros(KeyCall call) {
        long begun = System.nanoTime();
        for (String key : keys) {
            call.about(key);
        }
        return (System.nanoTime() - begun) / NANOS_OF_A_MICRO / keys.length;
    }

    private static void mustHold(boolean found) {
        if (!found) {
            throw new IllegalStateException("A get did not find what was put before; its figure would mean nothing");
        }
    }

    /** Clears the cache, once. */
    void clear() {
        long begun = System.nanoTime();
        driver.clear();
        clears.add((System.nanoTime() - begun) / NANOS_OF_A_MILLI);
    }

    /** Returns the milliseconds of the clear. */
    Series clears() {
        return new Series(clears);
    }

    /** Returns the row of a table. */
    List<String> row(Peer peer) {
        return List.of(
                String.valueOf(entries),
                peer.label(),
                get.spread().text(),
                put.spread().text(),
                Spread.digits(clears().spread().median()));
    }

    @Override
    public void close() {
        driver.close();
    }
}
