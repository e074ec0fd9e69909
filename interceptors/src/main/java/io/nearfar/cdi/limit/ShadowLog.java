package io.nearfar.cdi.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what a limit in shadow mode would have refused, at most once a minute. Safe for use by several threads. */
final class ShadowLog {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowLog.class);
    private static final long PACE = TimeUnit.MINUTES.toNanos(1);

    private final String limit;
    private final LongSupplier ticker;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong toldAt;

    /** Creates one for the limit of that name; {@code ticker} returns nanoseconds. */
    ShadowLog(String limit, LongSupplier ticker) {
        this.limit = limit;
        this.ticker = ticker;
        this.toldAt = new AtomicLong(ticker.getAsLong() - PACE);
    }

    /** Notes one such call. */
    void refused() {
        untold.incrementAndGet();
        long now = ticker.getAsLong();
        long last = toldAt.get();
        if (now - last >= PACE && toldAt.compareAndSet(last, now)) {
            LOG.info(
                    "NF0804 {}: {} call(s) would have been refused were it not in shadow mode; further ones are told in a"
                            + " minute at the earliest",
                    limit,
                    untold.getAndSet(0));
        }
    }
}
