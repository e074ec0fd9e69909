package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Version;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loads of one cache that are under way in this process, by the version of their placeholders. */
final class Flights<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Flights.class);

    private final ConcurrentHashMap<Version, Flight<V>> flights = new ConcurrentHashMap<>();
    private final EntryStore<K, V> store;
    private final ScheduledExecutorService upkeep;
    private final long leaseMillis;

    Flights(EntryStore<K, V> store, ScheduledExecutorService upkeep, long leaseMillis) {
        this.store = store;
        this.upkeep = upkeep;
        this.leaseMillis = leaseMillis;
    }

    @Nullable
    Flight<V> of(Version version) {
        return flights.get(version);
    }

    /** @throws RejectedExecutionException if the manager is being closed; the lease has been given back then */
    Flight<V> depart(K key, Lease.Granted<V> granted, WaitGraph.@Nullable Awaited loader) {
        Version version = granted.version();
        ScheduledFuture<?> renewal = renewing(key, granted);
        Flight<V> flight = new Flight<>(version, System.nanoTime(), loader, renewal, new CompletableFuture<>());
        flights.put(version, flight);
        return flight;
    }

    private ScheduledFuture<?> renewing(K key, Lease.Granted<V> granted) {
        Version version = granted.version();
        long period = Math.max(1, leaseMillis / 3);
        try {
            return upkeep.scheduleAtFixedRate(() -> renew(key, version), period, period, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            store.releaseFailed(key, granted, 0);
            throw e;
        }
    }

    /** Must not throw, or it would not be repeated: a call that failed once may not cost a long load its lease. */
    private void renew(K key, Version version) {
        Flight<V> flight = flights.get(version);
        try {
            if (flight != null && !store.renew(key, version, leaseMillis)) {
                flight.renewal().cancel(false);
            }
        } catch (FarTierUnavailableException e) {
            LOG.debug("A load lease could not be renewed; it is tried again", e);
        }
    }

    void land(Flight<V> flight, Loaded<V> loaded) {
        end(flight);
        flight.landing().complete(loaded);
    }

    /**
     * Ends a flight that has failed, when its lease was given back: whoever hears of it may load again at once. Returns what answers
     * in its place all who wait for it, or null.
     *
     * @param hides whether that answers whoever has called the load, too
     */
    @Nullable
    Loaded<V> crash(
            K key,
            Flight<V> flight,
            Lease.Granted<V> granted,
            Throwable failure,
            FailSafe<K, V> failSafe,
            boolean hides) {
        Loaded<V> answer = null;
        try {
            answer = failSafe.answer(key, granted, failure, hides);
        } finally {
            if (answer == null) {
                crash(flight, failure);
            } else {
                land(flight, answer);
            }
        }
        return answer;
    }

    private void crash(Flight<V> flight, Throwable failure) {
        end(flight);
        flight.landing().completeExceptionally(failure);
    }

    private void end(Flight<V> flight) {
        flight.renewal().cancel(false);
        flights.remove(flight.version());
    }

    /** Returns how many loads are under way. */
    int size() {
        return flights.size();
    }
}
