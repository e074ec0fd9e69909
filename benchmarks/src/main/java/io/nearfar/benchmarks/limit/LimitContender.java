package io.nearfar.benchmarks.limit;

import io.nearfar.benchmarks.peer.LimiterDriver;
import io.nearfar.benchmarks.peer.LimiterPeer;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.peer.ServerFigures.Work;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One rate limiter in the comparison, asked about one key by several threads, and what it did so far. */
final class LimitContender implements AutoCloseable {
    private static final String KEY = "hot";

    private final LimiterPeer peer;
    private final ServerFigures figures;
    private final int threads;
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> micros = new ArrayList<>();
    private final List<Double> commands = new ArrayList<>();

    private volatile String failure = "";
    private @Nullable LimiterDriver driver;

    LimitContender(LimiterPeer peer, ServerFigures figures, int threads, String address) {
        this.peer = peer;
        this.figures = figures;
        this.threads = threads;
        try {
            this.driver = peer.open(address);
        } catch (RuntimeException | LinkageError e) {
            failure = e.toString();
        }
    }

    LimiterPeer peer() {
        return peer;
    }

    /** Asks for so long without keeping what it took. */
    void warmUp(long millis) {
        decisions(millis);
    }

    /** Asks for so long and keeps what it took. */
    void measure(long millis) {
        Work before = figures.work(peer.commands());
        long start = System.nanoTime();
        long decisions = decisions(millis);
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        Work work = figures.work(peer.commands()).since(before);
        if (failure.isEmpty()) {
            perSecond.add(decisions / seconds);
            micros.add((double) work.micros() / decisions);
            commands.add((double) work.calls() / decisions);
        }
    }

    private long decisions(long millis) {
        LimiterDriver asked = driver;
        if (asked == null || !failure.isEmpty()) {
            return 0;
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        LongAdder decisions = new LongAdder();
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> decideUntil(asked, until, decisions), "asking-" + i);
            thread.start();
            asking.add(thread);
        }
        asking.forEach(LimitContender::join);
        return decisions.sum();
    }

    private void decideUntil(LimiterDriver asked, long until, LongAdder decisions) {
        try {
            while (System.nanoTime() < until && failure.isEmpty()) {
                if (!asked.admits(KEY)) {
                    failure = "a request was denied, so it is not what is measured";
                }
                decisions.increment();
            }
        } catch (RuntimeException e) {
            failure = e.toString();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("The run was interrupted while it measured", e);
        }
    }

    /** Returns how many decisions there were in a second of each round. */
    Measured perSecond() {
        return of(perSecond, "a second");
    }

    /** Returns the server's time for a decision, in microseconds. */
    Measured micros() {
        return of(micros, "µs of the server");
    }

    /** Returns how many commands a decision was. */
    Measured commands() {
        return of(commands, "commands");
    }

    private Measured of(List<Double> figures, String unit) {
        String failed = failure;
        return failed.isEmpty()
                ? Measured.of(peer.label(), new Series(List.copyOf(figures)), unit)
                : Measured.failed(peer.label(), failed);
    }

    @Override
    public void close() {
        if (driver != null) {
            driver.close();
        }
    }
}
