package io.nearfar.benchmarks.limit;

import io.nearfar.benchmarks.peer.LimiterDriver;
import io.nearfar.benchmarks.peer.Resilience4jLimiter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Requests under one key that has no permit left, decided by a limiter that knows no server. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PeerDenialBenchmark {
    private static final String KEY = "user-0";

    private final LimiterDriver limiter = Resilience4jLimiter.ofOnePermit();

    /** Uses up the only permit. */
    @Setup
    public void open() {
        if (!limiter.admits(KEY) || limiter.admits(KEY)) {
            throw new IllegalStateException(
                    "Of one permit not one was given; the figure of denials would mean nothing");
        }
    }

    /** Decides about one request. */
    @Benchmark
    public boolean decide() {
        return limiter.admits(KEY);
    }

    /** Closes the limiter. */
    @TearDown
    public void close() {
        limiter.close();
    }
}
