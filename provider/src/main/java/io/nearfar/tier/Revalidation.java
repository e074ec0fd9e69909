package io.nearfar.tier;

import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lease;
import io.nearfar.entry.ServerClock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers callers at once with an entry that ended a short while ago, while its key is loaded (stale-while-revalidate, as in
 * RFC 5861, section 3). What was invalidated answers nobody: the store says what is kept at the instant of the question.
 */
final class Revalidation<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Revalidation.class);

    private final EntryStore<K, V> store;
    private final ServerClock clock;
    private final long windowMicros;

    /** Creates it; {@code windowMillis} is for how long after its end an entry answers so, 0 for not at all. */
    Revalidation(EntryStore<K, V> store, ServerClock clock, long windowMillis) {
        this.store = store;
        this.clock = clock;
        this.windowMicros = TimeUnit.MILLISECONDS.toMicros(windowMillis);
    }

    /** Returns what answers while a load runs under that right, or null. */
    @Nullable
    Loaded<V> during(Lease.Granted<V> own) {
        return answer(own.kept());
    }

    /** Returns what answers while somebody else loads the key, or null. */
    @Nullable
    Loaded<V> duringAnother(K key) {
        return windowMicros == 0 ? null : answer(kept(store, key));
    }

    private @Nullable Loaded<V> answer(@Nullable Entry<V> kept) {
        return kept != null && clock.micros() - kept.expires() < windowMicros ? Loaded.stale(kept, false) : null;
    }

    /** Returns what has ended and is kept of a key; null if there is nothing, or it cannot be read. */
    static <K, V> @Nullable Entry<V> kept(EntryStore<K, V> store, K key) {
        try {
            return store.kept(key);
        } catch (RuntimeException e) {
            LOG.debug("What is kept of a key could not be read", e);
            return null;
        }
    }
}
