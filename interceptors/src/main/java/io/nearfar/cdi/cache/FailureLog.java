package io.nearfar.cdi.cache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once that the cache of a method fails, and once that it works again, with a count between; at most one such pair
 * a minute. One for each method. Safe for use by several threads.
 */
public final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long PACE = TimeUnit.MINUTES.toNanos(1);

    private final String cache;
    private final Object method;
    private final LongSupplier ticker;
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean told;
    private long lastTold;

    /** Creates one for calls of {@code method} that use {@code cache}; {@code ticker} returns nanoseconds. */
    public FailureLog(String cache, Object method, LongSupplier ticker) {
        this.cache = cache;
        this.method = method;
        this.ticker = ticker;
        this.lastTold = ticker.getAsLong() - PACE;
    }

    /** Notes that the cache failed a call, which went on without it. */
    public void failed(Throwable cause) {
        failures.incrementAndGet();
        if (!told && mayTell()) {
            LOG.warn(
                    "NF0801 {}: the cache fails {}; calls go on without it until it works again, and further failures"
                            + " are only counted",
                    cache,
                    method,
                    cause);
        }
    }

    /** Notes that the cache did what it should. */
    public void worked() {
        if (told) {
            tellRecovery();
        }
    }

    private synchronized boolean mayTell() {
        long now = ticker.getAsLong();
        if (told || now - lastTold < PACE) {
            return false;
        }
        told = true;
        lastTold = now;
        return true;
    }

    private synchronized void tellRecovery() {
        if (told) {
            told = false;
            LOG.info(
                    "NF0802 {}: the cache works again for {}; {} calls went on without it",
                    cache,
                    method,
                    failures.getAndSet(0));
        }
    }
}
