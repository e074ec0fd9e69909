package io.nearfar.jcache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.jcache.integration.Loader;
import io.nearfar.tier.Loaded;
import java.util.concurrent.CompletionStage;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** Loads single entries, by the cache's loader or a caller's; always under the load lease. */
@SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
final class Loading<K, V> {
    private final Desk<K, V> desk;

    Loading(Desk<K, V> desk) {
        this.desk = desk;
    }

    /**
     * Has the cache's loader load a key that a read has missed.
     *
     * @throws CacheLoaderException if the loader fails
     */
    Loaded<V> through(K key) {
        Loader<K, V> loader = desk.loader();
        if (loader == null) {
            throw new IllegalStateException("Cache " + desk.cache() + " has no loader to read through");
        }
        try {
            return getOrLoad(key, context -> loader.load(key));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CacheLoaderException("A load of a key of cache " + desk.cache() + " failed", e);
        }
    }

    /** Loads a key that a read has missed, by the caller's function. */
    Loaded<V> getOrLoad(K key, ContextLoad<? extends V> load) throws Exception {
        try (StoreTurn<K, V> turn = StoreTurn.inCaller(desk, key)) {
            return told(key, desk.loads().getOrLoad(key, () -> turn.loaded(kept(load.load(turn))), turn), turn);
        }
    }

    /** Loads a key whether or not there is an entry. */
    Loaded<V> reload(K key, ContextLoad<? extends V> load) throws Exception {
        try (StoreTurn<K, V> turn = StoreTurn.inCaller(desk, key)) {
            return told(key, desk.loads().reload(key, () -> turn.loaded(kept(load.load(turn))), turn), turn);
        }
    }

    /** Loads an entry again that is near its end; returns whether something came of it. */
    boolean again(K key, Entry<V> entry, ContextLoad<? extends V> load) throws Exception {
        try (StoreTurn<K, V> turn = StoreTurn.inCaller(desk, key)) {
            Loaded<V> loaded =
                    desk.opened().tiers().refreshes().load(key, entry, () -> turn.loaded(kept(load.load(turn))), turn);
            if (loaded != null) {
                told(key, loaded, turn);
            }
            return loaded != null;
        }
    }

    CompletionStage<@Nullable V> getOrLoadAsync(K key, AsyncContextLoad<? extends V> load) {
        StoreTurn<K, V> turn = StoreTurn.inPassing(desk, key);
        return toldLater(key, desk.loads().getOrLoadAsync(key, () -> load(load, turn), turn), turn);
    }

    CompletionStage<@Nullable V> reloadAsync(K key, AsyncContextLoad<? extends V> load) {
        StoreTurn<K, V> turn = StoreTurn.inPassing(desk, key);
        return toldLater(key, desk.loads().reloadAsync(key, () -> load(load, turn), turn), turn);
    }

    private CompletionStage<@Nullable Value<V>> load(AsyncContextLoad<? extends V> load, StoreTurn<K, V> turn) {
        return load.load(turn).thenApply(value -> turn.loaded(kept(value)));
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

    /** Tells the listeners in a thread that may wait, if there are any. */
    private CompletionStage<@Nullable V> toldLater(K key, CompletionStage<Loaded<V>> stage, StoreTurn<K, V> turn) {
        if (desk.listeners().isEmpty()) {
            return stage.thenApply(loaded -> Reads.plain(loaded.value()));
        }
        return stage.thenApplyAsync(
                loaded -> {
                    try (KeyLocks.Hold hold = desk.holdToTell(key)) {
                        return Reads.plain(told(key, loaded, turn).value());
                    }
                },
                desk.background());
    }
}
