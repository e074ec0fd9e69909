package io.nearfar.tier;

import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Version;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The loads of one cache that are under way in this process, by the version of their placeholders. */
final class Flights<K, V> {
    private final ConcurrentHashMap<Version, Flight<V>> flights = new ConcurrentHashMap<>();
    private final EntryStore<K, V> store;
    private final ScheduledExecutorService timer;
    private final long leaseMillis;

    Flights(EntryStore<K, V> store, ScheduledExecutorService timer, long leaseMillis) {
        this.store = store;
        this.timer = timer;
        this.leaseMillis = leaseMillis;
    }

    @Nullable
    Flight<V> of(Version version) {
        return flights.get(version);
    }

    Flight<V> depart(K key, Version version, @Nullable Thread loader) {
        long period = Math.max(1, leaseMillis / 3);
        ScheduledFuture<?> renewal =
                timer.scheduleAtFixedRate(() -> renew(key, version), period, period, TimeUnit.MILLISECONDS);
        Flight<V> flight = new Flight<>(version, loader, renewal, new CompletableFuture<>());
        flights.put(version, flight);
        return flight;
    }

    private void renew(K key, Version version) {
        Flight<V> flight = flights.get(version);
        if (flight != null && !store.renew(key, version, leaseMillis)) {
            flight.renewal().cancel(false);
        }
    }

    void land(Flight<V> flight, Loaded<V> loaded) {
        end(flight);
        flight.landing().complete(loaded);
    }

    void crash(Flight<V> flight, Throwable failure) {
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
