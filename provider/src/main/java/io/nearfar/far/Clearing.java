package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries.Unanswered;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One clear of a cache in some partitions: all are under way at once, and none is at the end. */
final class Clearing {
    private static final long CLEARED = 1;

    private final Calls calls;
    private final Names names;
    private final boolean keep;
    private final @Nullable IntFunction<Duration> within;
    private final Map<Integer, ScriptCall> underWay = new LinkedHashMap<>();

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
        this.calls = calls;
        this.names = names;
        this.keep = keep;
        this.within = within;
    }

    /** Clears and returns whether anything was cleared. */
    boolean clear(BitSet partitions, Unanswered<Integer> unanswered) {
        partitions.stream().forEach(partition -> begin(partition, unanswered));
        boolean cleared = false;
        for (Map.Entry<Integer, ScriptCall> begun : underWay.entrySet()) {
            try {
                cleared |= Numbers.of(begun.getValue().reply(), 0) == CLEARED;
            } catch (FarTierUnavailableException e) {
                unanswered.tell(begun.getKey(), e);
            }
        }
        return cleared;
    }

    private void begin(int partition, Unanswered<Integer> unanswered) {
        Arguments arguments = new Arguments()
                .key(names.meta(partition))
                .key(names.chain(partition))
                .key(names.tags(partition))
                .add(names.channel(partition))
                .add(names.wire())
                .add(Wording.flag(keep))
                .add(microsWithin(partition));
        try {
            underWay.put(partition, calls.script(Script.CLEAR, partition, arguments));
        } catch (FarTierUnavailableException e) {
            unanswered.tell(partition, e);
        }
    }

    private Object microsWithin(int partition) {
        return within == null
                ? ""
                : TimeUnit.NANOSECONDS.toMicros(within.apply(partition).toNanos());
    }
}
