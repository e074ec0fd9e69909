package io.nearfar.benchmarks.peer;

import org.jspecify.annotations.Nullable;

/** Caffeine as it is, and one look at the clock with each get: the least that a cache costs whose entries have an age. */
final class CaffeineClockDriver extends CaffeineDriver {
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

    private final long opened = System.nanoTime();

    CaffeineClockDriver(Opening opening) {
        super(opening);
    }

    @Override
    public @Nullable Object get(String key) {
        Object found = super.get(key);
        return System.nanoTime() - opened < LONGEST_NANOS ? found : null;
    }
}
