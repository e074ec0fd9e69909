package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.FailSafeSettings;
import io.nearfar.config.OutagePolicy;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.ServerClock;
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
    private final EntryStore<K, V> store;
    private final OutagePolicy outage;
    private final long leaseMillis;
    private final CacheSignals signals;
    private final FailSafe<K, V> failSafe;
    private final Revalidation<K, V> revalidation;
    private final Timeouts<K, V> timeouts;
    private final Flights<K, V> flights;
    private final AsyncLoads<K, V> async;

    LoadCoordinator(
            EntryStore<K, V> store, CacheSettings settings, CacheSignals signals, ServerClock clock, Threads threads) {
        FailSafeSettings rules = settings.loading().failSafe();
        this.store = store;
        this.outage = settings.outage();
        this.leaseMillis = settings.loadLease().toMillis();
        this.signals = signals;
        this.failSafe = new FailSafe<>(store, rules, signals);
        this.revalidation = new Revalidation<>(store, clock, rules.revalidationMillis());
        this.timeouts = new Timeouts<>(store, settings.name(), rules, threads.errands());
        this.flights = new Flights<>(store, threads.upkeep(), leaseMillis);
        this.async = new AsyncLoads<>(this, flights, failSafe, revalidation, threads.errands());
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
        return getOrLoad(key, load, storing, true);
    }

    /**
     * Likewise.
     *
     * @param mayBeOld whether what has ended a short while ago may answer while somebody else loads
     */
    public Loaded<V> getOrLoad(K key, Callable<? extends @Nullable Value<V>> load, Storing<V> storing, boolean mayBeOld)
            throws Exception {
        Patience patience = new Patience();
        boolean mayAnswerOld = mayBeOld;
        while (patience.lasts()) {
            Lease<V> lease = ask(key);
            if (lease instanceof Lease.Found<V> found) {
                return Loaded.found(found.entry());
            } else if (lease instanceof Lease.Absent<V>) {
                return Loaded.absent();
            } else if (lease instanceof Lease.Resting<V> resting) {
                return failSafe.counted(Loaded.stale(resting.kept(), false));
            } else if (lease instanceof Lease.Granted<V> granted) {
                return fly(key, granted, load, storing, true);
            } else if (lease instanceof Lease.Held<V> held) {
                Loaded<V> old = mayAnswerOld ? revalidation.duringAnother(key) : null;
                if (old != null) {
                    return failSafe.counted(old);
                }
                mayAnswerOld = false;
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

    /**
     * Calls {@code load} and stores its result if nothing is there and nobody else loads; else returns null at once, and also where
     * the far tier does not answer.
     *
     * @throws Exception what {@code load} threw
     */
    public @Nullable Loaded<V> loadIfFree(K key, Callable<? extends @Nullable Value<V>> load, Storing<V> storing)
            throws Exception {
        return ask(key) instanceof Lease.Granted<V> granted ? fly(key, granted, load, storing, false) : null;
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

    /** Loads under a lease; {@code failSafely} says whether what has ended may answer this caller if the load fails. */
    private Loaded<V> fly(
            K key,
            Lease.Granted<V> granted,
            Callable<? extends @Nullable Value<V>> load,
            Storing<V> storing,
            boolean failSafely)
            throws Exception {
        Flight<V> flight;
        try {
            Thread me = Thread.currentThread();
            flight = flights.depart(key, granted, () -> me);
        } catch (RejectedExecutionException e) { // the manager is being closed, and the lease was given back
            return Loaded.unguarded(call(load));
        }
        boolean worked = false;
        try {
            granted.telling().run();
            storing.begins(granted.kept());
            Value<V> value = call(load);
            worked = true; // what cannot be stored is told
            Loaded<V> loaded = store(key, granted, value, storing);
            flights.land(flight, loaded);
            return loaded;
        } catch (Throwable e) {
            boolean hides = failSafely && !worked;
            Loaded<V> answer = flights.crash(key, flight, granted, e, failSafe, hides);
            if (answer == null || !hides) {
                throw e;
            }
            return failSafe.counted(answer);
        }
    }

    @Nullable
    Value<V> call(Callable<? extends @Nullable Value<V>> load) throws Exception {
        long start = System.nanoTime();
        Throwable failure = null;
        try {
            Value<V> value = load.call();
            failSafe.worked();
            return value;
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            loaded(System.nanoTime() - start, failure);
        }
    }

    /**
     * Stores a result under a lease; if there is nothing to store, remembers that or gives the lease back, and also if it cannot be
     * stored: others would wait for it.
     */
    Loaded<V> store(K key, Lease.Granted<V> granted, @Nullable Value<V> value, Storing<V> storing) {
        Version version = granted.version();
        if (value == null) {
            foundNothing(key, version, storing);
            return Loaded.unguarded(null);
        }
        try {
            return write(key, version, version.stamp(), value, storing, storing.lifetime(null));
        } catch (FarTierUnavailableException e) {
            throwIfClosed(e); // whoever has called gives it back
            store.releaseFailed(key, granted, 0);
            return Loaded.of(value, null, storing.attributes());
        }
    }

    /** Stores the result of a reload in place of what stood there; nothing if that is not known, or the load found nothing. */
    Loaded<V> store(K key, @Nullable Standing<V> standing, @Nullable Value<V> value, Storing<V> storing) {
        if (standing == null || value == null) {
            return Loaded.unguarded(value);
        }
        Lifetime life = storing.lifetime(standing.entry());
        return writeIfAnswered(key, standing.version(), standing.since(), value, storing, life);
    }

    /** Stores what takes the place of an entry that was near its end, if that entry still stands. */
    Loaded<V> store(K key, Entry<V> ending, long since, Value<V> value, Storing<V> storing) {
        return writeIfAnswered(key, ending.version(), since, value, storing, storing.renewed(ending));
    }

    private Loaded<V> writeIfAnswered(
            K key, Version version, long since, Value<V> value, Storing<V> storing, Lifetime life) {
        try {
            return write(key, version, since, value, storing, life);
        } catch (FarTierUnavailableException e) {
            throwIfClosed(e);
            return Loaded.of(value, null, storing.attributes());
        }
    }

    private Loaded<V> write(K key, Version version, long since, Value<V> value, Storing<V> storing, Lifetime life) {
        Change<V> change = Change.write(value, Condition.is(version), life, false)
                .with(storing.attributes())
                .since(since);
        Reply<V> reply = store.apply(key, change);
        return Loaded.of(value, reply.applied() ? reply : null, storing.attributes());
    }

    private void throwIfClosed(FarTierUnavailableException failure) {
        if (outage == OutagePolicy.CLOSED) {
            throw failure;
        }
    }

    /**
     * Calls {@code load} whether or not there is an entry, and stores its result in place of what was there when the call
     * began, unless something touched the key meanwhile. Where there was nothing it is a load like any other.
     *
     * @param storing says how the result is to be stored
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     * @throws Exception what {@code load} threw
     */
    public Loaded<V> reload(K key, Callable<? extends @Nullable Value<V>> load, Storing<V> storing) throws Exception {
        Lease<V> lease = ask(key);
        if (lease instanceof Lease.Granted<V> granted) {
            return fly(key, granted, load, storing, false);
        }
        Standing<V> standing = standing(lease);
        storing.begins(standing == null ? null : standing.entry());
        return store(key, standing, call(load), storing);
    }

    /** What somebody else has put in the key's place before a reload began, and a stamp of that time. */
    record Standing<V>(
            Version version, long since, @Nullable Entry<V> entry) {}

    /** Returns what stands by the answer to a request for the lease that was not granted; null if nobody knows. */
    @Nullable
    Standing<V> standing(@Nullable Lease<V> lease) {
        if (lease instanceof Lease.Found<V> found) {
            return new Standing<>(found.entry().version(), found.asked(), found.entry());
        } else if (lease instanceof Lease.Absent<V> absent) {
            return new Standing<>(absent.version(), absent.asked(), null);
        } else if (lease instanceof Lease.Resting<V> resting) {
            return new Standing<>(resting.version(), resting.asked(), null);
        } else if (lease instanceof Lease.Held<V> held) {
            return new Standing<>(held.holder(), held.holder().stamp(), null);
        }
        return null;
    }

    /** If it cannot be remembered, the lease is given back. */
    private void foundNothing(K key, Version version, Storing<V> storing) {
        long millis = storing.absenceMillis();
        if (millis == 0) {
            release(key, version);
            return;
        }
        store.rememberAbsence(key, version, millis, storing.attributes().tags());
    }

    /** Gives a lease back, later if the far tier does not answer. */
    void release(K key, Version version) {
        store.release(key, version);
    }

    /** Counts a load, unless it failed because a rate limit refused it: then the application did nothing. */
    void loaded(long nanos, @Nullable Throwable failure) {
        if (failure == null || !Failures.isRefusal(failure)) {
            signals.loaded(nanos);
        }
    }

    /**
     * Like {@link #getOrLoad} for a load that answers with a stage; waits for nobody in the calling thread. Whoever hands its answer
     * to a caller counts it, by {@link #handed} or {@link #inTime}.
     */
    public CompletionStage<Loaded<V>> getOrLoadAsync(
            K key, Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load, Storing<V> storing) {
        return begin(key, load, storing, null).load();
    }

    /** Likewise, with what may answer meanwhile; {@code by} knows the thread of the load, null if it has none. */
    public Asked<V> begin(
            K key,
            Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load,
            Storing<V> storing,
            WaitGraph.@Nullable Awaited by) {
        return async.getOrLoad(key, load, storing, by);
    }

    /** Returns what a caller gets that waits for a load as long as it takes; counts it. */
    public CompletionStage<Loaded<V>> handed(CompletionStage<Loaded<V>> load) {
        return load.thenApply(failSafe::counted);
    }

    /**
     * Returns what a caller gets that waits for a load of a key no longer than the cache's timeouts say; counts it, unless the
     * caller has cancelled it. The key is the cache's to keep.
     *
     * @param since the instant of {@link System#nanoTime} from which the hard timeout counts; one for many keys bounds them all
     */
    public CompletionStage<Loaded<V>> inTime(K key, Asked<V> load, long since) {
        return handed(timeouts.bound(key, load, since));
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
