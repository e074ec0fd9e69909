package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import io.nearfar.benchmarks.peer.Zipf;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One peer of two tiers under a mix of reads and few writes of keys that do not all fit into the near one. */
final class MixContender implements AutoCloseable {
    private static final int KEYS = 100_000;
    private static final int ROOM = 10_000;
    private static final int THREADS = 8;
    private static final int WRITE_EVERY = 100;
    private static final int CHUNK = 1_000;
    /** A power of two. */
    private static final int CHOICES = 1 << 16;

    private static final int[][] CHOSEN = chosen();

    private final Peer peer;
    private final List<Double> micros = new ArrayList<>();
    private volatile String failure = "";
    private @Nullable Driver driver;

    MixContender(Peer peer, String address) {
        this.peer = peer;
        try {
            Driver opened = peer.open(Opening.of(Values.NUMBER, address).withRoom(ROOM));
            driver = opened;
            fill(opened);
        } catch (RuntimeException | LinkageError e) {
            failure = e.toString();
        }
    }

    private static int[][] chosen() {
        Zipf zipf = new Zipf(KEYS);
        return IntStream.range(0, THREADS)
                .mapToObj(seed -> zipf.numbers(CHOICES, seed))
                .toArray(int[][]::new);
    }

    private static void fill(Driver driver) {
        for (int first = 0; first < KEYS; first += CHUNK) {
            Map<String, Object> chunk = new HashMap<>();
            for (int key = first; key < first + CHUNK; key++) {
                chunk.put(key(key), (long) key);
            }
            driver.putAll(chunk);
        }
    }

    private static String key(int number) {
        return "mix:" + number;
    }

    Peer peer() {
        return peer;
    }

    /** Asks for so long without keeping what it took. */
    void warmUp(long millis) {
        calls(millis);
    }

    /** Asks for so long and keeps what a call took of the time. */
    void measure(long millis) {
        long begun = System.nanoTime();
        long calls = calls(millis);
        double elapsed = (System.nanoTime() - begun) / 1_000.0;
        if (failure.isEmpty()) {
            micros.add(elapsed / calls);
        }
    }

    private long calls(long millis) {
        Driver opened = driver;
        if (opened == null || !failure.isEmpty()) {
            return 1;
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        LongAdder calls = new LongAdder();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int[] choices = CHOSEN[i];
            Thread thread = new Thread(() -> calls.add(callUntil(opened, until, choices)), "mixing-" + i);
            thread.start();
            threads.add(thread);
        }
        threads.forEach(MixContender::join);
        return Math.max(1, calls.sum());
    }

    private long callUntil(Driver opened, long until, int[] choices) {
        long made = 0;
        try {
            while (System.nanoTime() < until) {
                int chosen = choices[(int) (made & (CHOICES - 1))];
                made++;
                if (made % WRITE_EVERY == 0) {
                    opened.put(key(chosen), made);
                } else if (opened.get(key(chosen)) == null) {
                    throw new IllegalStateException("A get did not find what was put before");
                }
            }
        } catch (RuntimeException e) {
            failure = e.toString();
        }
        return made;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("The run was interrupted while it measured", e);
        }
    }

    /** Returns the microseconds of a round that each call had, all threads together. */
    Measured micros() {
        String failed = failure;
        return failed.isEmpty()
                ? Measured.of(peer.label(), new Series(List.copyOf(micros)), "µs")
                : Measured.failed(peer.label(), failed);
    }

    @Override
    public void close() {
        if (driver != null) {
            driver.close();
        }
    }
}
