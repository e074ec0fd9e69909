package io.nearfar.jcache;

import io.nearfar.LoadContext;
import io.nearfar.entry.Value;
import io.nearfar.jcache.integration.Loader;
import io.nearfar.observe.OperationLog;
import io.nearfar.tier.Loaded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/*
 * How many keys are loaded
 * ========================
 * Each key asks for its own load lease. Those that are granted wait for one call of the loader for all of them; those
 * that somebody else loads already wait for that. So the loader is called once, no result is stored over what came after
 * the call began, and when the listener hears of the end every key that could be loaded has been.
 *
 * A key that is granted only after the call, because another load of it came to nothing, is loaded by itself, and by the
 * very thread that waits for it. Handed to the threads of bulk loads it would wait for one of them to be free, while all of
 * them wait for it.
 */

/** One run of loadAll. For use by one thread. */
@SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
final class BulkLoad<K, V> {
    private final Desk<K, V> desk;
    private final Loading<K, V> loading;
    private final Loader<K, V> loader;
    private final Map<K, Granted<V>> granted = new LinkedHashMap<>();
    private final Chores chores = new Chores();
    private boolean called;

    /** A key that may be loaded: who waits for its value, and how that is to be stored. */
    private record Granted<V>(CompletableFuture<@Nullable Value<V>> answer, LoadContext context) {}

    BulkLoad(Desk<K, V> desk, Loading<K, V> loading, Loader<K, V> loader) {
        this.desk = desk;
        this.loading = loading;
        this.loader = loader;
    }

    /** Loads and tells the listener, which may be null. */
    void run(Set<? extends K> keys, boolean replaceExisting, @Nullable CompletionListener listener) {
        RuntimeException failure = null;
        try {
            load(keys, replaceExisting);
        } catch (RuntimeException e) {
            failure = e;
        }
        if (listener == null) {
            return;
        } else if (failure == null) {
            listener.onCompletion();
        } else {
            listener.onException(failure);
        }
    }

    private void load(Set<? extends K> keys, boolean replaceExisting) {
        List<Runnable> ends = new ArrayList<>();
        for (K key : keys) {
            StoreTurn<K, V> turn = StoreTurn.inPassing(desk, key);
            CompletionStage<Loaded<V>> load = replaceExisting
                    ? desk.loads().reloadAsync(key, () -> ask(key, turn).thenApply(turn::loaded), turn)
                    : desk.loads()
                            .handed(desk.loads()
                                    .getOrLoadAsync(key, () -> ask(key, turn).thenApply(turn::loaded), turn));
            ends.add(() -> end(key, load, turn));
        }
        callLoader();
        @Nullable RuntimeException failure = null;
        for (Runnable end : ends) {
            failure = first(failure, end);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Nothing that comes out of one end keeps the others from being waited for: this thread may have to load for them. */
    private @Nullable RuntimeException first(@Nullable RuntimeException before, Runnable end) {
        try {
            end.run();
            return before;
        } catch (RuntimeException e) {
            return before == null ? e : before;
        } catch (Error e) {
            return before == null ? failed(e) : before;
        }
    }

    private CacheException failed(@Nullable Throwable cause) {
        return new CacheException("A load of many keys of cache " + desk.cache() + " failed", cause);
    }

    private void end(K key, CompletionStage<Loaded<V>> load, StoreTurn<K, V> turn) {
        Loaded<V> loaded = outcome(load);
        try (KeyLocks.Hold hold = desk.holdToTell(key)) {
            loading.told(key, loaded, turn);
        }
    }

    private synchronized CompletionStage<@Nullable Value<V>> ask(K key, LoadContext context) {
        Granted<V> load = new Granted<>(new CompletableFuture<>(), context);
        if (called) {
            chores.add(() -> loadAlone(key, load));
        } else {
            granted.put(key, load);
        }
        return load.answer();
    }

    private void loadAlone(K key, Granted<V> load) {
        try {
            desk.charge(1);
            load.answer().complete(loading.kept(loaded(key, load.context())));
        } catch (Throwable e) { // comes out of the load that waits for it
            load.answer().completeExceptionally(e);
        }
    }

    private @Nullable V loaded(K key, LoadContext context) {
        OperationLog log = desk.operations();
        return log.look()
                ? log.<@Nullable V>told(Loading.LOAD, desk.shown(key), () -> loader.load(key, context), Loading::words)
                : loader.load(key, context);
    }

    private Map<K, V> loaded(Map<K, LoadContext> keys) {
        OperationLog log = desk.operations();
        return log.look()
                ? log.told(
                        "loadAll",
                        keys.size() + " keys",
                        () -> loader.loadAll(keys),
                        (course, loaded) -> loaded.size() + " loaded")
                : loader.loadAll(keys);
    }

    /** A failure comes out of the loads that wait for the call: all of them have ended before anybody hears of it. */
    private void callLoader() {
        Map<K, LoadContext> keys = close();
        if (keys.isEmpty()) {
            return;
        }
        try {
            desk.charge(keys.size());
            Map<K, V> loaded = loaded(keys);
            granted.forEach((key, load) -> answer(load.answer(), loaded.get(key)));
        } catch (RuntimeException | Error e) {
            granted.values().forEach(load -> load.answer().completeExceptionally(e));
        }
    }

    /** A value that the cache cannot keep fails its own key alone. */
    private void answer(CompletableFuture<@Nullable Value<V>> answer, @Nullable V loaded) {
        try {
            answer.complete(loading.kept(loaded));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private synchronized Map<K, LoadContext> close() {
        called = true;
        Map<K, LoadContext> contexts = new LinkedHashMap<>();
        granted.forEach((key, load) -> contexts.put(key, load.context()));
        return contexts;
    }

    private Loaded<V> outcome(CompletionStage<Loaded<V>> load) {
        CompletableFuture<Loaded<V>> end = load.toCompletableFuture();
        chores.doUntil(end);
        try {
            return end.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed(e.getCause());
        }
    }
}
