package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.far.Crew.Block;
import io.nearfar.benchmarks.peer.Driver;
import io.nearfar.benchmarks.peer.Keys;
import io.nearfar.benchmarks.peer.Opening;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.peer.Values;
import io.nearfar.benchmarks.report.Costs;
import io.nearfar.benchmarks.report.Costs.Look;
import io.nearfar.benchmarks.report.Measured;
import io.nearfar.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One peer in the comparison of one case, and what it took so far. A peer that fails once gets no figure but the reason. */
final class Contender implements AutoCloseable {
    private static final double LOW = 0.1;
    private static final double HALF = 0.5;
    private static final double HIGH = 0.95;

    private final Peer peer;
    private final FarCase measured;
    private final Crew crew;
    private final List<Call> calls = new ArrayList<>();
    private final List<Double> counts = new ArrayList<>();
    private final List<Double> middle = new ArrayList<>();
    private final List<Double> high = new ArrayList<>();
    private long nanos;
    private long bytes;
    private @Nullable Driver driver;
    private String failure = "";

    Contender(Peer peer, FarCase measured, Crew crew, String address) {
        this.peer = peer;
        this.measured = measured;
        this.crew = crew;
        try {
            open(Opening.of(Values.NUMBER, address));
        } catch (RuntimeException | LinkageError e) {
            failure = e.toString();
        }
    }

    private void open(Opening opening) {
        Driver opened = peer.open(opening);
        driver = opened;
        new Keys().fill(opened, Values.NUMBER);
        for (int i = 0; i < measured.threads(); i++) {
            calls.add(new Call(measured, opened, new Keys(i * Keys.COUNT / measured.threads())));
        }
    }

    Peer peer() {
        return peer;
    }

    /** Calls one block without keeping what it took. */
    void warmUp() {
        block();
    }

    /** Calls one block and keeps what it took. */
    void measure() {
        Look before = Costs.now();
        Block block = block();
        Costs costs = before.costs();
        if (block != null) {
            counts.add(measured.threads() == 1 ? block.micros(LOW) : block.microsOfEach());
            middle.add(block.micros(HALF));
            high.add(block.micros(HIGH));
            nanos += costs.nanos();
            bytes += costs.bytes();
        }
    }

    private @Nullable Block block() {
        if (!failure.isEmpty()) {
            return null;
        }
        try {
            return crew.block(calls, measured.calls());
        } catch (RuntimeException e) {
            failure = e.toString();
            return null;
        }
    }

    /**
     * Returns the microseconds that count for each block: with one thread those within which a tenth of the calls was
     * answered, with several those of the block that each call had.
     */
    Measured counts() {
        return of(counts);
    }

    /** Returns for each block the microseconds within which half of the calls were answered. */
    Measured middle() {
        return of(middle);
    }

    /** Returns for each block the microseconds within which 95 of a hundred calls were answered. */
    Measured high() {
        return of(high);
    }

    private Measured of(List<Double> micros) {
        return failure.isEmpty()
                ? Measured.of(peer.label(), new Series(List.copyOf(micros)), "µs")
                : Measured.failed(peer.label(), failure);
    }

    /** Returns the microseconds of CPU that one call costs this JVM. */
    double cpuMicros() {
        return nanos / 1_000.0 / Math.max(1, callsMade());
    }

    /** Returns the bytes that one call allocates in this JVM. */
    double bytes() {
        return bytes / (double) Math.max(1, callsMade());
    }

    private long callsMade() {
        return (long) counts.size() * measured.threads() * measured.calls();
    }

    @Override
    public void close() {
        if (driver != null) {
            driver.close();
        }
    }
}
