package io.nearfar.benchmarks.limit;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.report.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** How long decisions take while the server that counts hangs: those that wait for it, and those after them. */
final class FrozenRun {
    private static final Limit LIMIT = new Limit("frozen", 1_000_000, Duration.ofHours(1));
    private static final int THREADS = 4;
    private static final int FREEZES_OF_A_ROUND = 5;
    private static final long FROZEN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_RETURN_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int PERCENT = 100;

    private final String address;
    private final int freezes;
    private final List<Long> waiting = new ArrayList<>();
    private final List<Long> after = new ArrayList<>();

    /** A decision: when it began and how long it took. */
    private record Timed(long begun, long nanos) {}

    FrozenRun(String address, int rounds) {
        this.address = address;
        this.freezes = FREEZES_OF_A_ROUND * rounds;
    }

    /** Measures with the deadline that a limiter has by itself, and returns the table. */
    Table table() {
        Properties properties = new Properties();
        properties.setProperty("nearfar.prefix", "benchmark-frozen");
        properties.setProperty("nearfar.address", address);
        CachingProvider provider = Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider");
        try (CacheManager manager = provider.getCacheManager(URI.create("benchmark:frozen"), null, properties);
                ServerFigures server = ServerFigures.of(address)) {
            long process = server.process();
            for (int i = 1; i <= freezes; i++) {
                System.out.println("Rate limits, frozen server: " + i + " of " + freezes);
                freeze(manager.unwrap(RateLimiter.class), process);
            }
        }
        Table table = new Table(
                "Rate limits, a server that hangs",
                List.of("decisions", "how many", "ms at p50", "at p99", "the longest"));
        table.row(row("that begin before one has ended without an answer", waiting));
        table.row(row("that begin after it", after));
        return table;
    }

    private void freeze(RateLimiter limiter, long process) {
        awaitCounting(limiter);
        List<Timed> all = new ArrayList<>();
        signal("-STOP", process);
        try {
            long until = System.nanoTime() + FROZEN_NANOS;
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Quota quota = LIMIT.of("user-" + i);
                Thread thread = new Thread(() -> decide(limiter, quota, until, all), "asking-" + i);
                thread.start();
                threads.add(thread);
            }
            threads.forEach(FrozenRun::join);
        } finally {
            signal("-CONT", process);
        }
        long known = all.stream()
                .mapToLong(timed -> timed.begun + timed.nanos)
                .min()
                .orElseThrow(() -> new IllegalStateException("Nothing was asked while the server was frozen"));
        all.forEach(timed -> (timed.begun < known ? waiting : after).add(timed.nanos));
    }

    private static void awaitCounting(RateLimiter limiter) {
        long begun = System.nanoTime();
        while (limiter.decide(LIMIT.of("reach")).basis() != Decision.Basis.COUNTED) {
            if (System.nanoTime() - begun > LONGEST_RETURN_NANOS) {
                throw new IllegalStateException("Nothing is counted a minute after the server went on");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void decide(RateLimiter limiter, Quota quota, long until, List<Timed> all) {
        List<Timed> own = new ArrayList<>();
        for (long begun = System.nanoTime(); begun < until; begun = System.nanoTime()) {
            limiter.decide(quota);
            own.add(new Timed(begun, System.nanoTime() - begun));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        synchronized (all) {
            all.addAll(own);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("The run was interrupted while it measured", e);
        }
    }

    private static void signal(String signal, long process) {
        try {
            int status = new ProcessBuilder("kill", signal, String.valueOf(process))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " " + process + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The server cannot be frozen here", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("The run was interrupted while it measured", e);
        }
    }

    private static List<String> row(String label, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty()
                ? List.of(label, "0", "", "", "")
                : List.of(
                        label,
                        String.valueOf(sorted.size()),
                        millis(sorted, PERCENT / 2),
                        millis(sorted, PERCENT - 1),
                        millis(sorted, PERCENT));
    }

    private static String millis(List<Long> sorted, int percent) {
        int at = (int) Math.ceil(sorted.size() * percent / (double) PERCENT) - 1;
        return String.format(Locale.ROOT, "%.3f", sorted.get(at) / 1e6);
    }
}
