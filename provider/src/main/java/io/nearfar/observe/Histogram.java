package io.nearfar.observe;

import io.nearfar.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts times by how long they are. Takes no room worth mentioning before the first. Safe for use by several threads. */
public final class Histogram {
    private static final double NANOS_OF_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Of what goes over a network, or asks a database. */
    private static final long[] MILLISECONDS =
            nanos(TimeUnit.MILLISECONDS, 1, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000);

    /** Of what stays in the process. */
    private static final long[] NANOSECONDS =
            nanos(TimeUnit.NANOSECONDS, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000, 1_000_000, 10_000_000);

    private final long[] bounds;
    private final AtomicReference<LongAdder @Nullable []> counts = new AtomicReference<>();
    private final LongAdder sum = new LongAdder();

    private Histogram(long[] bounds) {
        this.bounds = bounds;
    }

    private static long[] nanos(TimeUnit unit, long... bounds) {
        return Arrays.stream(bounds).map(unit::toNanos).toArray();
    }

    /** Returns one of times between a millisecond and a second. */
    public static Histogram ofMilliseconds() {
        return new Histogram(MILLISECONDS);
    }

    /** Returns one of times between 100 nanoseconds and 10 milliseconds. */
    public static Histogram ofNanoseconds() {
        return new Histogram(NANOSECONDS);
    }

    /** Counts a time of so many nanoseconds; below 0 counts as 0. */
    public void record(long nanos) {
        record(nanos, 1);
    }

    /** Counts a time that stands for {@code weight} of its kind. */
    public void record(long nanos, int weight) {
        long time = Math.max(0, nanos);
        adders()[bucket(time)].add(weight);
        sum.add(time * weight);
    }

    private int bucket(long nanos) {
        int bucket = 0;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }

    private LongAdder[] adders() {
        LongAdder[] there = counts.get();
        if (there == null) {
            LongAdder[] made = new LongAdder[bounds.length + 1];
            Arrays.setAll(made, i -> new LongAdder());
            LongAdder[] before = counts.compareAndExchange(null, made);
            there = before == null ? made : before;
        }
        return there;
    }

    /** Returns what was counted until now, in seconds. */
    public Distribution read() {
        LongAdder[] there = counts.get();
        List<Double> seconds = new ArrayList<>();
        List<Long> each = new ArrayList<>();
        for (int i = 0; i <= bounds.length; i++) {
            each.add(there == null ? 0L : there[i].sum());
            if (i < bounds.length) {
                seconds.add(bounds[i] / NANOS_OF_A_SECOND);
            }
        }
        return new Distribution(seconds, each, sum.sum() / NANOS_OF_A_SECOND);
    }
}
