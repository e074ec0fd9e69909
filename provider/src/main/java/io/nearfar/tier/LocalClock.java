package io.nearfar.tier;

import io.nearfar.entry.ServerClock;
import java.util.concurrent.TimeUnit;

/** The clock where there is no server: this process's monotonic time, set once by the wall clock. */
final class LocalClock implements ServerClock {
    private final long wallAtStart = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    private final long start = System.nanoTime();

    @Override
    public long microsAt(long nanoTime) {
        return wallAtStart + (nanoTime - start) / 1000;
    }
}
