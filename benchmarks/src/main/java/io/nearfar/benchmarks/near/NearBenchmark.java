package io.nearfar.benchmarks.near;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Keys;
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

/** The operations of one peer that holds every key that is asked for. One thread; the next key each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NearBenchmark {
    /** Names the peer. */
    @Param("CAFFEINE")
    public Peer peer = Peer.CAFFEINE;

    /** Names the kind of values. */
    @Param("NUMBER")
    public Values values = Values.NUMBER;

    /** Where the server is; only some peers ask it. */
    @Param("")
    public String address = "";

    private final Keys keys = new Keys();
    private Object value = "";
    private @Nullable Driver opened;

    /** Opens the peer and fills it. */
    @Setup
    public void open() {
        opened = peer.open(values, address);
        keys.fill(opened, values);
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
    public @Nullable Object get() {
        return driver().get(keys.next());
    }

    /** Overwrites one value. */
    @Benchmark
    public void put() {
        driver().put(keys.next(), value);
    }

    /** Reads a hundred values. */
    @Benchmark
    public Map<String, ?> getAll() {
        return driver().getAll(keys.nextBatch());
    }

    /** Adds one by an entry processor, or what comes nearest. */
    @Benchmark
    public long invoke() {
        return driver().increment(keys.next());
    }

    /** Closes the peer. */
    @TearDown
    public void close() {
        driver().close();
    }
}
