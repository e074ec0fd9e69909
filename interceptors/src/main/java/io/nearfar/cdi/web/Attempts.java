package io.nearfar.cdi.web;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time try to open something, which may take seconds, and nobody for half a minute after that has failed.
 * Whoever may not try goes on at once. Safe for use by several threads.
 */
final class Attempts {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier nanoTime;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable Long failed;

    /** Creates some; {@code nanoTime} returns nanoseconds. */
    Attempts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Tries it in this thread, unless another thread does or it failed a moment ago. Throws what it throws. */
    void make(Runnable attempt) {
        if (isPausing() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!isPausing()) { // another thread may have failed between the two looks
                attempt.run();
                failed = null;
            }
        } catch (RuntimeException | LinkageError e) {
            failed = nanoTime.getAsLong();
            throw e;
        } finally {
            busy.set(false);
        }
    }

    private boolean isPausing() {
        Long last = failed;
        return last != null && nanoTime.getAsLong() - last < PAUSE;
    }
}
