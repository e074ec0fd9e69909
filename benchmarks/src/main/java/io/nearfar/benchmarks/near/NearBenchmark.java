package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Duties;
import io.nearfar.benchmarks.peer.Keys;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The operations of one peer that holds every key that is asked for. Threads share the peer; the next key each time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NearBenchmark {
    /** Names the peer. */
    @Param("CAFFEINE")
    public Peer peer = Peer.CAFFEINE;

    /** Names the kind of values. */
    @Param("NUMBER")
    public Values values = Values.NUMBER;

    /** Names what it does besides. */
    @Param("NONE")
    public Duties duties = Duties.NONE;

    /** Where the server is; only some peers ask it. */
    @Param("")
    public String address = "";

    private Object value = "";
    private @Nullable Driver opened;

    /** The keys of one thread. */
    @State(Scope.Thread)
    public static class Turn {
        private final Keys keys = new Keys();
    }

    /** Opens the peer and fills it. */
    @Setup
    public void open() {
        opened = peer.open(Opening.of(values, address).withDuties(duties));
        new Keys().fill(opened, values);
        value = values.numbered(12_345);
    }

    private Driver driver() {
        if (opened == null) {
            throw new IllegalStateException("Peer " + peer + " is measured before open() was called");
        }
        return opened;
    }

    /** Reads one value. */
    @Benchmark
    public @Nullable Object get(Turn turn) {
        return driver().get(turn.keys.next());
    }

    /** Overwrites one value. */
    @Benchmark
    public void put(Turn turn) {
        driver().put(turn.keys.next(), value);
    }

    /** Reads a hundred values. */
    @Benchmark
    public Map<String, ?> getAll(Turn turn) {
        return driver().getAll(turn.keys.nextBatch());
    }

    /** Adds one by an entry processor, or what comes nearest. */
    @Benchmark
    public long invoke(Turn turn) {
        return driver().increment(turn.keys.next());
    }

    /** Closes the peer. */
    @TearDown
    public void close() {
        driver().close();
    }
}
