package io.nearfar.jcache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.LoadContext;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.jcache.integration.Loader;
import io.nearfar.observe.Course;
import io.nearfar.observe.OperationLog;
import io.nearfar.tier.Asked;
import io.nearfar.tier.LoadThread;
import io.nearfar.tier.Loaded;
import io.nearfar.tier.PooledWork;
import io.nearfar.tier.WaitGraph;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** Loads single entries, by the cache's loader or a caller's; always under the load lease. */
@SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
final class Loading<K, V> {
    /** What the log calls a load. */
    static final String LOAD = "load";

    private final Desk<K, V> desk;
    private final @Nullable TimedLoads timed;

    /** Creates it; {@code timed} runs what callers may leave, null if they wait as long as it takes. */
    Loading(Desk<K, V> desk, @Nullable TimedLoads timed) {
        this.desk = desk;
        this.timed = timed;
    }

    /**
     * Has the cache's loader load a key that a read has missed.
     *
     * @throws CacheLoaderException if the loader fails
     */
    Loaded<V> through(K key) {
        return through(key, System.nanoTime());
    }

    /** Likewise for one of many keys; the hard timeout counts from that instant of {@link System#nanoTime}. */
    Loaded<V> through(K key, long since) {
        Loader<K, V> loader = loader();
        return wrapped(() -> getOrLoad(key, context -> loader.load(key, context), since));
    }

    /**
     * Likewise, in the calling thread, which holds the key: no timeout of loads is for that. What has ended answers only if the
     * load fails, for an entry processor goes on from what it reads.
     */
    Loaded<V> throughHere(K key) {
        Loader<K, V> loader = loader();
        return wrapped(() -> inCaller(key, context -> loader.load(key, context), false));
    }

    /**
     * Likewise, with a stage for its answer. The loader is called by the calling thread, which has the lease then: one of a pool
     * that waited for another of it would keep the lease while all of them wait for the load. Where there are timeouts it is
     * called by a thread that can be left. The key is the cache's to keep.
     */
    CompletionStage<@Nullable V> throughAsync(K key) {
        Loader<K, V> loader = loader();
        TimedLoads threads = timed;
        if (threads == null) {
            return getOrLoadAsync(key, context -> loaded(loader, key, context));
        }
        StoreTurn<K, V> turn = StoreTurn.inPassing(desk, key);
        LoadThread by = new LoadThread();
        Asked<V> asked = desk.loads()
                .begin(key, () -> threads.run(by, () -> called(context -> loader.load(key, context), turn)), turn, by);
        return plain(inTime(key, asked, turn, System.nanoTime()));
    }

    private static <K, V> CompletionStage<@Nullable V> loaded(Loader<K, V> loader, K key, LoadContext context) {
        try {
            return CompletableFuture.completedFuture(loader.load(key, context));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Loader<K, V> loader() {
        Loader<K, V> loader = desk.loader();
        if (loader == null) {
            throw new IllegalStateException("Cache " + desk.cache() + " has no loader to read through");
        }
        return loader;
    }

    private Loaded<V> wrapped(Callable<Loaded<V>> reading) {
        try {
            return reading.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CacheLoaderException("A load of a key of cache " + desk.cache() + " failed", e);
        }
    }

    /** Loads a key that a read has missed, by the caller's function. */
    Loaded<V> getOrLoad(K key, ContextLoad<? extends V> load) throws Exception {
        return getOrLoad(key, load, System.nanoTime());
    }

    private Loaded<V> getOrLoad(K key, ContextLoad<? extends V> load, long since) throws Exception {
        if (timed != null && load.mayRunLater() && !PooledWork.isRunning()) {
            return inTime(key, load, timed, since);
        }
        return inCaller(key, load, true);
    }

    private Loaded<V> inCaller(K key, ContextLoad<? extends V> load, boolean mayBeOld) throws Exception {
        try (StoreTurn<K, V> turn = StoreTurn.inCaller(desk, key)) {
            return told(key, desk.loads().getOrLoad(key, () -> called(load, turn), turn, mayBeOld), turn);
        }
    }

    /** Loads in another thread, which the caller leaves after a timeout. */
    private Loaded<V> inTime(K key, ContextLoad<? extends V> load, TimedLoads threads, long since) throws Exception {
        K own = desk.kept(key);
        StoreTurn<K, V> turn = StoreTurn.inPassing(desk, own);
        LoadThread by = new LoadThread();
        Asked<V> loading = desk.loads().begin(own, () -> threads.run(by, () -> called(load, turn)), turn, by);
        CompletableFuture<Loaded<V>> answer = inTime(own, loading, turn, since).toCompletableFuture();
        boolean noted = WaitGraph.PROCESS.begin(by);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(false); // or it would be counted
            Thread.currentThread().interrupt();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            } else if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        } finally {
            if (noted) {
                WaitGraph.PROCESS.end();
            }
        }
    }

    /** Loads a key whether or not there is an entry. */
    Loaded<V> reload(K key, ContextLoad<? extends V> load) throws Exception {
        try (StoreTurn<K, V> turn = StoreTurn.inCaller(desk, key)) {
            return told(key, desk.loads().reload(key, () -> called(load, turn), turn), turn);
        }
    }

    /** Loads an entry again that is near its end; returns whether something came of it. */
    boolean again(K key, Entry<V> entry, ContextLoad<? extends V> load) throws Exception {
        try (StoreTurn<K, V> turn = StoreTurn.inCaller(desk, key)) {
            Loaded<V> loaded = desk.opened().tiers().refreshes().load(key, entry, () -> called(load, turn), turn);
            if (loaded != null) {
                told(key, loaded, turn);
            }
            return loaded != null;
        }
    }

    CompletionStage<@Nullable V> getOrLoadAsync(K key, AsyncContextLoad<? extends V> load) {
        StoreTurn<K, V> turn = StoreTurn.inPassing(desk, key);
        Asked<V> loading = desk.loads().begin(key, () -> load(load, turn), turn, null);
        return plain(
                timed == null
                        ? desk.loads().handed(told(key, loading.load(), turn))
                        : inTime(desk.kept(key), loading, turn, System.nanoTime()));
    }

    CompletionStage<@Nullable V> reloadAsync(K key, AsyncContextLoad<? extends V> load) {
        StoreTurn<K, V> turn = StoreTurn.inPassing(desk, key);
        return plain(told(key, desk.loads().reloadAsync(key, () -> load(load, turn), turn), turn));
    }

    /** Every load that the application does alone comes through here, or through the like of it below. */
    private @Nullable Value<V> called(ContextLoad<? extends V> load, StoreTurn<K, V> turn) throws Exception {
        OperationLog log = desk.operations();
        return log.look()
                ? log.called(LOAD, desk.shown(turn.key()), () -> charged(load, turn), Loading::words)
                : charged(load, turn);
    }

    private @Nullable Value<V> charged(ContextLoad<? extends V> load, StoreTurn<K, V> turn) throws Exception {
        desk.charge(1);
        return turn.loaded(kept(load.load(turn)));
    }

    private CompletionStage<@Nullable Value<V>> load(AsyncContextLoad<? extends V> load, StoreTurn<K, V> turn) {
        OperationLog log = desk.operations();
        return log.look()
                ? log.toldLater(LOAD, desk.shown(turn.key()), () -> charged(load, turn), Loading::words)
                : charged(load, turn);
    }

    private CompletionStage<@Nullable Value<V>> charged(AsyncContextLoad<? extends V> load, StoreTurn<K, V> turn) {
        desk.charge(1);
        return load.load(turn).thenApply(value -> turn.loaded(kept(value)));
    }

    /** Returns what the log says of a load that has not failed. */
    static String words(Course course, @Nullable Object loaded) {
        return loaded == null ? "nothing" : "loaded";
    }

    @Nullable
    Value<V> kept(@Nullable V loaded) {
        return loaded == null ? null : desk.values().keep(loaded);
    }

    /**
     * Tells the listeners of what was stored; of what an invalidation has ended they are not told. A load is no put, neither
     * for JSR-107 nor in the figures.
     */
    Loaded<V> told(K key, Loaded<V> loaded, StoreTurn<K, V> turn) {
        Reply<V> stored = loaded.stored();
        Value<V> value = loaded.value();
        if (stored != null && value != null && !desk.listeners().isEmpty() && !turn.isOutdated(stored)) {
            Reply<V> whole = new Reply<>(true, stored.existed(), turn.replaced(), stored.now(), stored.version());
            desk.listeners().tell(desk.mutations(key, value, whole));
        }
        return loaded;
    }

    /** Likewise, for a caller who waits no longer than the timeouts say. The key is the cache's to keep. */
    private CompletionStage<Loaded<V>> inTime(K key, Asked<V> loading, StoreTurn<K, V> turn, long since) {
        return desk.loads().inTime(key, loading.with(told(key, loading.load(), turn)), since);
    }

    /** Tells the listeners in a thread that may wait, if there are any. */
    private CompletionStage<Loaded<V>> told(K key, CompletionStage<Loaded<V>> stage, StoreTurn<K, V> turn) {
        if (desk.listeners().isEmpty()) {
            return stage;
        }
        return stage.thenApplyAsync(
                loaded -> {
                    try (KeyLocks.Hold hold = desk.holdToTell(key)) {
                        return told(key, loaded, turn);
                    }
                },
                desk.background());
    }

    private static <V> CompletionStage<@Nullable V> plain(CompletionStage<Loaded<V>> stage) {
        return stage.thenApply(loaded -> Reads.plain(loaded.value()));
    }
}
