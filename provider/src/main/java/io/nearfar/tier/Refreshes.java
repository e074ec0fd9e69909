package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Entry;
import io.nearfar.entry.RefreshLeases;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * How an entry is loaded again
 * ============================
 * It goes on being served, so that no placeholder can stand in its place. The right to load it again lies beside it and is
 * one over its very write; the result is stored only if that write still stands, and no tag of the result was invalidated
 * since the right was asked for. So whatever touches the key voids the load, as it voids any other.
 *
 * In the process an entry is asked about once: whoever was refused the right, or whose load failed, leaves it alone for as
 * long as the right of another may last.
 */

/** Loads entries of one cache again that come to the end of their life, before they have ended. */
public final class Refreshes<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Refreshes.class);
    private static final int WHOLE = 100;

    private final LoadCoordinator<K, V> loads;
    private final RefreshLeases<K> leases;
    private final ServerClock clock;
    private final ScheduledExecutorService upkeep;
    private final long leaseMillis;
    private final int lastPercent;
    private final ConcurrentHashMap<K, Version> begun = new ConcurrentHashMap<>();

    /**
     * Creates it.
     *
     * @param leaseMillis for how long a right lasts that is not prolonged
     * @param lastPercent which last part of a life is late in it; 0: none
     */
    Refreshes(
            LoadCoordinator<K, V> loads,
            RefreshLeases<K> leases,
            ServerClock clock,
            ScheduledExecutorService upkeep,
            long leaseMillis,
            int lastPercent) {
        this.loads = loads;
        this.leases = leases;
        this.clock = clock;
        this.upkeep = upkeep;
        this.leaseMillis = leaseMillis;
        this.lastPercent = lastPercent;
    }

    /** Tells whether an entry is in the last part of its life, and this process has not begun to load it again. */
    public boolean isDue(K key, Entry<V> entry) {
        return isLate(entry.stamp(), entry.expires(), clock.micros(), lastPercent)
                && !entry.version().equals(begun.get(key));
    }

    /** A life goes from the write to the end, so that one that an access has prolonged is longer. */
    static boolean isLate(long written, long expires, long now, int lastPercent) {
        return expires != Entry.NEVER
                && written > 0 // given by the far tier, and not by this node in an outage
                && expires - now < (expires - written) / WHOLE * lastPercent;
    }

    /** Notes that this process is about to load the entry again; the key is kept. Returns false if it has done so already. */
    public boolean begin(K key, Entry<V> entry) {
        return !entry.version().equals(begun.put(key, entry.version()));
    }

    /** Takes back that this process is about to load the entry again: the next read may begin once more. */
    public void forget(K key, Entry<V> entry) {
        begun.remove(key, entry.version());
    }

    /** Tells whether it is too late to load an entry before its end. */
    public boolean hasEnded(Entry<V> entry) {
        return entry.isExpired(clock.micros());
    }

    /**
     * Loads an entry again for which {@link #begin} was called, unless another node does.
     *
     * @return what it came to; null if another node loads, or the load returned null, or the far tier does not answer
     * @throws Exception what the load threw
     */
    public @Nullable Loaded<V> load(
            K key, Entry<V> entry, Callable<? extends @Nullable Value<V>> load, Storing<V> storing) throws Exception {
        Loaded<V> loaded = null;
        try {
            loaded = loadIfGranted(key, entry, load, storing);
            return loaded;
        } catch (FarTierUnavailableException e) {
            LOG.debug("An entry could not be loaded again before its end, for the far tier does not answer", e);
            return null;
        } finally {
            end(key, entry, loaded != null);
        }
    }

    private @Nullable Loaded<V> loadIfGranted(
            K key, Entry<V> entry, Callable<? extends @Nullable Value<V>> load, Storing<V> storing) throws Exception {
        long token = ThreadLocalRandom.current().nextLong();
        long since = leases.ask(key, entry.version(), token, leaseMillis);
        if (since == RefreshLeases.REFUSED) {
            return null;
        }
        storing.begins(entry);
        Value<V> value = called(key, entry.version(), token, load);
        return value == null ? null : loads.store(key, entry, since, value, storing);
    }

    private @Nullable Value<V> called(K key, Version version, long token, Callable<? extends @Nullable Value<V>> load)
            throws Exception {
        ScheduledFuture<?> renewal = renewing(key, version, token);
        if (renewal == null) {
            return null;
        }
        try {
            return loads.call(load);
        } finally {
            renewal.cancel(false);
        }
    }

    /** Returns null if the manager is being closed. */
    private @Nullable ScheduledFuture<?> renewing(K key, Version version, long token) {
        long period = Math.max(1, leaseMillis / 3);
        try {
            return upkeep.scheduleAtFixedRate(() -> renew(key, version, token), period, period, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    /** Must not throw, or it would not be repeated. */
    private void renew(K key, Version version, long token) {
        try {
            leases.ask(key, version, token, leaseMillis);
        } catch (FarTierUnavailableException e) {
            LOG.debug("The right to load an entry again could not be prolonged; it is tried again", e);
        }
    }

    /** Another write is in its place, or it is left alone for a while. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void end(K key, Entry<V> entry, boolean loaded) {
        try {
            if (!loaded) {
                upkeep.schedule(() -> forget(key, entry), leaseMillis, TimeUnit.MILLISECONDS);
                return;
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The manager is being closed", e);
        }
        forget(key, entry);
    }

    /** Returns how many entries are being loaded again or left alone; 0 after quiet. */
    int pending() {
        return begun.size();
    }
}
