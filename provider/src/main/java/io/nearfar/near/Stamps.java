package io.nearfar.near;

import io.nearfar.entry.ServerClock;
import io.nearfar.entry.Version;
import java.util.concurrent.atomic.AtomicLong;

/** Gives each write of a store its version: stamps follow the clock and never stand still nor go back. */
final class Stamps {
    private final ServerClock clock;
    private final AtomicLong last = new AtomicLong();

    Stamps(ServerClock clock) {
        this.clock = clock;
    }

    Version next() {
        long now = clock.micros();
        return version(last.updateAndGet(previous -> Math.max(previous + 1, now)));
    }

    /** Returns the write of that stamp. No other has it, so that it needs no nonce. */
    static Version version(long stamp) {
        return new Version(stamp, 0);
    }
}
