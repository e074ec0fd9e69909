package io.nearfar.cdi.model;

import io.nearfar.NamedInvalidation;
import io.nearfar.cdi.cache.ApplicationManager;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires what committed changes end. A failure is told at most once a minute, with a count of those before, and reaches nobody: what is
 * committed stays so. Safe for use by several threads.
 */
final class Firing {
    private static final Logger LOG = LoggerFactory.getLogger(Firing.class);
    private static final long PACE = TimeUnit.MINUTES.toNanos(1);

    private final ApplicationManager manager;
    private final LongSupplier ticker;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong lastTold;

    /** Creates one; {@code ticker} returns nanoseconds. */
    Firing(ApplicationManager manager, LongSupplier ticker) {
        this.manager = manager;
        this.ticker = ticker;
        this.lastTold = new AtomicLong(ticker.getAsLong() - PACE);
    }

    /** Fires several as one. */
    void fire(Collection<NamedInvalidation> invalidations) {
        if (invalidations.isEmpty()) {
            return;
        }
        try {
            manager.manager().invalidateAll(invalidations);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Notes that a change ends nothing, or not all that it should. */
    void failed(Throwable why) {
        untold.incrementAndGet();
        long now = ticker.getAsLong();
        long last = lastTold.get();
        if (now - last >= PACE && lastTold.compareAndSet(last, now)) {
            LOG.error(
                    "NF0862 Changes of entities could not end all entries that they should ({} time(s)), which may be old until they"
                            + " expire; clear the caches that matter when the cause is gone",
                    untold.getAndSet(0),
                    why);
        }
    }
}
