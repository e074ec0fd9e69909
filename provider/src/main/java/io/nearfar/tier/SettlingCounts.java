package io.nearfar.tier;

import java.util.concurrent.atomic.LongAdder;

/** Counts what was made up for after an outage, over all caches of a manager. */
final class SettlingCounts {
    private final LongAdder written = new LongAdder();
    private final LongAdder removed = new LongAdder();
    private final LongAdder cleared = new LongAdder();
    private final LongAdder invalidated = new LongAdder();
    private final LongAdder matched = new LongAdder();

    /** Counts a key whose value was written, or that was removed. */
    void settled(boolean asWrite) {
        (asWrite ? written : removed).increment();
    }

    /** Counts partitions that were cleared. */
    void cleared(int partitions) {
        cleared.add(partitions);
    }

    /** Counts partitions in which tags were invalidated. */
    void invalidated(int partitions) {
        invalidated.add(partitions);
    }

    /** Counts patterns that were invalidated. */
    void removedMatching(int patterns) {
        matched.add(patterns);
    }

    /** Returns what was counted since the last time in words, or an empty text if nothing was. */
    String take() {
        long writes = written.sumThenReset();
        long removals = removed.sumThenReset();
        long clears = cleared.sumThenReset();
        long tags = invalidated.sumThenReset();
        long patterns = matched.sumThenReset();
        return writes + removals + clears + tags + patterns == 0
                ? ""
                : writes + " keys were written, " + removals + " removed, " + clears + " partitions of caches cleared"
                        + (tags == 0 ? "" : ", tags invalidated in " + tags)
                        + (patterns == 0 ? "" : ", patterns invalidated: " + patterns);
    }
}
