package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Keys;
import io.nearfar.benchmarks.peer.Operation;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import io.nearfar.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One peer in the comparison of one operation, and what it took so far. */
final class Contender implements AutoCloseable {
    private final Peer peer;
    private final Driver driver;
    private final Call call;
    private final List<Double> low = new ArrayList<>();
    private final List<Double> middle = new ArrayList<>();
    private @Nullable RuntimeException failure;

    Contender(Peer peer, Operation operation, String address) {
        this.peer = peer;
        this.driver = peer.open(Values.NUMBER, address);
        Keys keys = new Keys();
        keys.fill(driver, Values.NUMBER);
        this.call = new Call(operation, driver, keys);
    }

    Peer peer() {
        return peer;
    }

    /** Calls so often without keeping the times. */
    void warmUp(int calls) {
        block(calls);
    }

    /** Calls so often and keeps the block's low and middle times. */
    void measure(int calls) {
        long[] nanos = block(calls);
        Arrays.sort(nanos);
        low.add(nanos[calls / 10] / 1_000.0);
        middle.add(nanos[calls / 2] / 1_000.0);
    }

    private long[] block(int calls) {
        long[] nanos = new long[calls];
        for (int i = 0; i < calls && failure == null; i++) {
            long start = System.nanoTime();
            try {
                call.once();
            } catch (RuntimeException e) {
                failure = e;
            }
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    /** Returns what went wrong, after which nothing was measured; null if nothing did. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** Returns for each block the microseconds within which a tenth of the calls was answered. */
    Series low() {
        return new Series(low);
    }

    /** Returns for each block the microseconds within which half of the calls were answered. */
    Series middle() {
        return new Series(middle);
    }

    @Override
    public void close() {
        driver.close();
    }
}
