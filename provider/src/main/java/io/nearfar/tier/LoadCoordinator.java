package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.OutagePolicy;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * How a missing entry is loaded
 * =============================
 * Never get, call, put. The caller first asks for the load lease of the key. Granted, a placeholder stands in the
 * entry's own place; any write, removal or clear of the key takes it away, and the result is stored only if it is still
 * there. Held, somebody loads already: if it is a load of this process whose placeholder still stands, its result may be
 * shared, since nothing has touched the key since that load began; a load of another node is waited for by asking again.
 * What has tags and was not stored, or is nothing at all, may have been ended by an invalidation, which does not touch the
 * placeholder: it answers those who asked before that load began, and the others wait for one more.
 * The lease is renewed while the load runs, and ends by itself when its holder dies.
 * Where an entry that has ended is in its grace, it answers in place of a load that fails, and for a moment nobody loads again.
 *
 * Nobody waits for ever: after LONGEST_WAIT, or when interrupted, or when the other load waits for this thread, as it does
 * when a load comes back for its own key, the load is called without a lease and its result is not stored.
 */

/** Loads missing entries of one cache: one call for a key at a time, in the process and over the nodes. */
public final class LoadCoordinator<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(LoadCoordinator.class);

    private final EntryStore<K, V> store;
    private final OutagePolicy outage;
    private final long leaseMillis;
    private final CacheSignals signals;
    private final FailSafe<K, V> failSafe;
    private final Timeouts<K, V> timeouts;
    private final Flights<K, V> flights;
    private final AsyncLoads<K, V> async;

    LoadCoordinator(EntryStore<K, V> store, CacheSettings settings, CacheSignals signals, Threads threads) {
        this.store = store;
        this.outage = settings.outage();
        this.leaseMillis = settings.loadLease().toMillis();
        this.signals = signals;
        this.failSafe = new FailSafe<>(store, settings.loading().failSafe(), signals);
        this.timeouts = new Timeouts<>(store, settings, failSafe, threads.errands());
        this.flights = new Flights<>(store, threads.upkeep(), leaseMillis);
        this.async = new AsyncLoads<>(this, flights, failSafe, threads.errands());
    }

    /**
     * Returns what is there under {@code key}, or what {@code load} returns; to be asked after a look-up that missed.
     *
     * @param load called at most once; its result is stored if nothing touched the key since the call began
     * @param storing says how the result is to be stored
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     * @throws Exception what {@code load} threw, also to those who joined it, unless an entry in its grace answers
     */
    public Loaded<V> getOrLoad(K key, Callable<? extends @Nullable Value<V>> load, Storing<V> storing)
            throws Exception {
        Patience patience = new Patience();
        while (patience.lasts()) {
            Lease<V> lease = ask(key);
            if (lease instanceof Lease.Found<V> found) {
                return Loaded.found(found.entry());
            } else if (lease instanceof Lease.Absent<V>) {
                return Loaded.absent();
            } else if (lease instanceof Lease.Resting<V> resting) {
                return failSafe.answer(resting);
            } else if (lease instanceof Lease.Granted<V> granted) {
                return fly(key, granted, load, storing);
            } else if (lease instanceof Lease.Held<V> held) {
                Flight<V> flight = flights.of(held.holder());
                if (flight != null && !WaitGraph.PROCESS.begin(flight)) {
                    break;
                }
                Loaded<V> joined = flight == null ? waitFor(held, patience) : join(flight, patience);
                if (joined != null) {
                    return joined;
                }
            } else {
                break;
            }
        }
        return Loaded.unguarded(call(load));
    }

    /** Returns the answer to a request for the lease, or null in an outage of a cache that fails open. */
    @Nullable
    Lease<V> ask(K key) {
        try {
            return store.lease(key, leaseMillis);
        } catch (FarTierUnavailableException e) {
            throwIfClosed(e);
            return null;
        }
    }

    private @Nullable Loaded<V> waitFor(Lease.Held<V> held, Patience patience) {
        patience.pause(held.millis());
        return null;
    }

    /** Waits for a load that this thread has told the graph it would wait for. */
    private @Nullable Loaded<V> join(Flight<V> flight, Patience patience) throws Exception {
        try {
            Loaded<V> loaded = flight.landing().get(patience.restMillis(), TimeUnit.MILLISECONDS);
            return flight.answers(loaded, patience.start()) ? failSafe.counted(loaded.joined()) : null;
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            patience.end();
            return null;
        } catch (ExecutionException e) {
            throw Failures.asException(e.getCause());
        } finally {
            WaitGraph.PROCESS.end();
        }
    }

    private Loaded<V> fly(
            K key, Lease.Granted<V> granted, Callable<? extends @Nullable Value<V>> load, Storing<V> storing)
            throws Exception {
        Flight<V> flight;
        try {
            flight = flights.depart(key, granted, Thread.currentThread());
        } catch (RejectedExecutionException e) { // the manager is being closed, and the lease was given back
            return Loaded.unguarded(call(load));
        }
        try {
            Version version = granted.version();
            Loaded<V> loaded = store(key, version, version.stamp(), call(load), storing, null);
            flights.land(flight, loaded);
            return loaded;
        } catch (Throwable e) {
            Loaded<V> answer = flights.crash(key, flight, granted, e, failSafe);
            if (answer == null) {
                throw e;
            }
            return answer;
        }
    }

    @Nullable
    Value<V> call(Callable<? extends @Nullable Value<V>> load) throws Exception {
        long start = System.nanoTime();
        try {
            Value<V> value = load.call();
            failSafe.worked();
            return value;
        } finally {
            signals.loaded(System.nanoTime() - start);
        }
    }

    /**
     * Stores a result that was made up from {@code since} on in place of the write of that version, or, if there is nothing
     * to store, remembers that or gives the lease back.
     */
    Loaded<V> store(
            K key,
            Version version,
            long since,
            @Nullable Value<V> value,
            Storing<V> storing,
            @Nullable Entry<V> replaced) {
        if (value == null) {
            foundNothing(key, version, storing);
            return Loaded.unguarded(null);
        }
        return write(key, version, since, value, storing, storing.lifetime(replaced));
    }

    /** Stores what takes the place of an entry that was near its end, if that entry still stands. */
    Loaded<V> store(K key, Entry<V> ending, long since, Value<V> value, Storing<V> storing) {
        return write(key, ending.version(), since, value, storing, storing.renewed(ending));
    }

    private Loaded<V> write(K key, Version version, long since, Value<V> value, Storing<V> storing, Lifetime life) {
        try {
            Change<V> change = Change.write(value, Condition.is(version), life, false)
                    .with(storing.attributes())
                    .since(since);
            Reply<V> reply = store.apply(key, change);
            return Loaded.of(value, reply.applied() ? reply : null, storing.attributes());
        } catch (FarTierUnavailableException e) {
            throwIfClosed(e);
            return Loaded.of(value, null, storing.attributes());
        }
    }

    private void throwIfClosed(FarTierUnavailableException failure) {
        if (outage == OutagePolicy.CLOSED) {
            throw failure;
        }
    }

    /**
     * Calls {@code load} whether or not there is an entry, and stores its result in place of what was there when the call
     * began, unless something touched the key meanwhile.
     *
     * @param storing says how the result is to be stored
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     * @throws Exception what {@code load} threw
     */
    public Loaded<V> reload(K key, Callable<? extends @Nullable Value<V>> load, Storing<V> storing) throws Exception {
        Standing<V> standing = standing(key);
        if (standing == null) {
            return Loaded.unguarded(call(load));
        }
        try {
            return store(key, standing, call(load), storing);
        } catch (Throwable e) {
            giveBack(key, standing);
            throw e;
        }
    }

    /** What stood in the key's place when a reload began, a stamp of that time, and the lease if we were granted one. */
    record Standing<V>(
            Version version, long since, @Nullable Entry<V> entry, Lease.@Nullable Granted<V> ours) {}

    @Nullable
    Standing<V> standing(K key) {
        Lease<V> lease = ask(key);
        if (lease instanceof Lease.Found<V> found) {
            return new Standing<>(found.entry().version(), found.asked(), found.entry(), null);
        } else if (lease instanceof Lease.Granted<V> granted) {
            return new Standing<>(granted.version(), granted.version().stamp(), null, granted);
        } else if (lease instanceof Lease.Absent<V> absent) {
            return new Standing<>(absent.version(), absent.asked(), null, null);
        } else if (lease instanceof Lease.Resting<V> resting) {
            return new Standing<>(resting.version(), resting.asked(), null, null);
        } else if (lease instanceof Lease.Held<V> held) {
            return new Standing<>(held.holder(), held.holder().stamp(), null, null);
        }
        return null;
    }

    Loaded<V> store(K key, Standing<V> standing, @Nullable Value<V> value, Storing<V> storing) {
        if (value == null && standing.ours() == null) {
            return Loaded.unguarded(null);
        }
        return store(key, standing.version(), standing.since(), value, storing, standing.entry());
    }

    /** If it cannot be remembered, the lease ends by itself. */
    private void foundNothing(K key, Version version, Storing<V> storing) {
        long millis = storing.absenceMillis();
        if (millis == 0) {
            release(key, version);
            return;
        }
        try {
            store.rememberAbsence(key, version, millis, storing.attributes().tags());
        } catch (FarTierUnavailableException e) {
            LOG.debug("That a load found nothing could not be remembered", e);
        }
    }

    void giveBack(K key, Standing<V> standing) {
        Lease.Granted<V> ours = standing.ours();
        if (ours != null) {
            failSafe.giveBack(key, ours);
        }
    }

    /** Gives a lease back; if the far tier does not answer, it ends by itself, and what the load came to counts. */
    void release(K key, Version version) {
        try {
            store.release(key, version);
        } catch (FarTierUnavailableException e) {
            LOG.debug("A load lease could not be given back and ends by itself", e);
        }
    }

    /** Counts a load that answered with a stage. */
    void loaded(long nanos) {
        signals.loaded(nanos);
    }

    /** Like {@link #getOrLoad} for a load that answers with a stage; waits for nobody in the calling thread. */
    public CompletionStage<Loaded<V>> getOrLoadAsync(
            K key, Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load, Storing<V> storing) {
        return async.getOrLoad(key, load, storing);
    }

    /**
     * Returns what a caller gets that waits for a load of a key no longer than the cache's timeouts say. The key is the cache's to
     * keep.
     */
    public CompletionStage<Loaded<V>> inTime(K key, CompletionStage<Loaded<V>> load) {
        return timeouts.bound(key, load);
    }

    /** Like {@link #reload} for a load that answers with a stage; waits for nobody in the calling thread. */
    public CompletionStage<Loaded<V>> reloadAsync(
            K key, Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load, Storing<V> storing) {
        return async.reload(key, load, storing);
    }

    /** Reads the entry that decides, uncounted; for callers that must know what a load would replace. */
    public @Nullable Entry<V> current(K key) {
        return store.read(key, Freshness.AUTHORITY);
    }

    /** Returns how many loads of this process are under way; 0 after quiet. */
    public int pending() {
        return flights.size();
    }
}
