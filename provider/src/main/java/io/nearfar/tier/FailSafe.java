package io.nearfar.tier;

import io.nearfar.config.FailSafeSettings;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lease;
import io.nearfar.observe.CacheSignals;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers in place of loads that fail, with an entry that has ended and is in its grace. Whether that may answer is asked when
 * the load has failed: what was invalidated while it ran does not.
 */
final class FailSafe<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(FailSafe.class);

    private final EntryStore<K, V> store;
    private final long throttleMillis;
    private final CacheSignals signals;
    private final AtomicBoolean failing = new AtomicBoolean();

    FailSafe(EntryStore<K, V> store, FailSafeSettings settings, CacheSignals signals) {
        this.store = store;
        this.throttleMillis = settings.throttleMillis();
        this.signals = signals;
    }

    /**
     * Gives the lease of a load that has failed back, and leaves what is kept for others; returns the answer in the load's place,
     * or null if the failure is the answer. The answer is counted when it is handed over.
     *
     * @param hides whether whoever has called the load is answered with it, and hears nothing of the failure
     */
    @Nullable
    Loaded<V> answer(K key, Lease.Granted<V> granted, Throwable failure, boolean hides) {
        Entry<V> kept = granted.kept();
        boolean hidden = failure instanceof Exception && !(failure instanceof InterruptedException);
        boolean stands = store.releaseFailed(key, granted, hidden ? throttleMillis : 0);
        if (kept == null || !stands || !hidden) {
            return null;
        }
        if (hides && !Failures.isRefusal(failure)) {
            tell(failure);
        }
        return Loaded.stale(kept, true);
    }

    /** Counts an answer that a caller is handed, if it has ended. */
    Loaded<V> counted(Loaded<V> answer) {
        if (answer.stale()) {
            signals.graceAnswer();
        }
        return answer;
    }

    /** A load has brought something. */
    void worked() {
        if (failing.get()) {
            failing.set(false);
        }
    }

    private void tell(Throwable failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.warn(
                    "NF0514 {}: a load failed, and a value whose time is over answers in its place, as long as its grace lasts."
                            + " Further failures are counted only, until a load works again",
                    signals.cache(),
                    failure);
        }
    }
}
