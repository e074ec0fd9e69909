package io.nearfar.far;

import io.nearfar.far.FarEntries.Unanswered;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One clear of a cache in some partitions: all are under way at once, and none is at the end. */
final class Clearing {
    private static final long CLEARED = 1;

    private final PartitionCalls calls;
    private final boolean keep;
    private final @Nullable IntFunction<Duration> within;

    /**
     * Creates one.
     *
     * @param keep whether the cache's metas are kept; if not, nothing is left of it
     */
    Clearing(Calls calls, Names names, boolean keep) {
        this(calls, names, keep, null);
    }

    /** Creates one that leaves each partition alone that was cleared {@code within} the time given for it. */
    Clearing(Calls calls, Names names, boolean keep, @Nullable IntFunction<Duration> within) {
        this.calls = new PartitionCalls(calls, names, Script.CLEAR);
        this.keep = keep;
        this.within = within;
    }

    /** Clears and returns whether anything was cleared. */
    boolean clear(BitSet partitions, Unanswered<Integer> unanswered) {
        return calls
                .run(
                        partitions,
                        (partition, arguments) ->
                                arguments.add(Wording.flag(keep)).add(microsWithin(partition)),
                        unanswered)
                .values()
                .stream()
                .anyMatch(reply -> Numbers.of(reply, 0) == CLEARED);
    }

    private Object microsWithin(int partition) {
        return within == null
                ? ""
                : TimeUnit.NANOSECONDS.toMicros(within.apply(partition).toNanos());
    }
}
