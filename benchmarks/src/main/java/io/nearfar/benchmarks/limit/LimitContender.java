package io.nearfar.benchmarks.limit;

import io.nearfar.benchmarks.peer.LimiterDriver;
import io.nearfar.benchmarks.peer.LimiterPeer;
import io.nearfar.benchmarks.peer.ServerFigures;
import io.nearfar.benchmarks.peer.ServerFigures.Work;
import io.nearfar.benchmarks.report.Series;
import io.nearfar.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One rate limiter in the comparison, asked about one key by several threads, and what it did so far. */
final class LimitContender implements AutoCloseable {
    private static final int THREADS = 8;
    private static final String KEY = "hot";

    private final LimiterPeer peer;
    private final ServerFigures figures;
    private final LimiterDriver driver;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> micros = new ArrayList<>();
    private final List<Double> commands = new ArrayList<>();

    LimitContender(LimiterPeer peer, ServerFigures figures, String address) {
        this.peer = peer;
        this.figures = figures;
        this.driver = peer.open(address);
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
        if (failure.get() == null) {
            perSecond.add(decisions / seconds);
            micros.add((double) work.micros() / decisions);
            commands.add((double) work.calls() / decisions);
        }
    }

    private long decisions(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        LongAdder decisions = new LongAdder();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> decideUntil(until, decisions), "asking-" + i);
            thread.start();
            threads.add(thread);
        }
        threads.forEach(LimitContender::join);
        return decisions.sum();
    }

    private void decideUntil(long until, LongAdder decisions) {
        try {
            while (System.nanoTime() < until && failure.get() == null) {
                if (!driver.admits(KEY)) {
                    failure.set("a request was denied, so it is not what is measured");
                }
                decisions.increment();
            }
        } catch (RuntimeException e) {
            failure.set(e.toString());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("The run was interrupted while it measured", e);
        }
    }

    List<String> row(LimitContender bucket4j, LimitContender redisson) {
        String failed = failure.get();
        if (failed != null) {
            return List.of(peer.limits(), peer.label(), "failed: " + failed, "", "", "", "");
        }
        return List.of(
                peer.limits(),
                peer.label(),
                new Series(perSecond).spread().text(),
                ratio(perSecond, bucket4j, bucket4j.perSecond),
                new Series(micros).spread().text(),
                ratio(micros, redisson, redisson.micros),
                Spread.digits(new Series(commands).spread().median()));
    }

    private String ratio(List<Double> own, LimitContender base, List<Double> others) {
        if (base == this || base.failure.get() != null) {
            return base == this ? "1" : "";
        }
        return new Series(own).ratioTo(new Series(others)).text();
    }

    @Override
    public void close() {
        driver.close();
    }
}
