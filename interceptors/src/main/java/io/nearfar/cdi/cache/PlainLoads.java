package io.nearfar.cdi.cache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Loads of a cache of another provider: get, call, put, as {@link javax.cache.annotation.CacheResult} describes it. Such a
 * cache stores nothing with options.
 */
record PlainLoads(Cache<Object, Object> cache) implements Loads, LoadContext {
    @Override
    public void setOptions(EntryOptions options) {
        throw CacheTarget.withoutTags(cache);
    }

    @Override
    public @Nullable Object getOrLoad(Object key, ContextLoad<Object> load) throws Exception {
        Object present = cache.get(key);
        return present != null ? present : reload(key, load);
    }

    @Override
    public @Nullable Object reload(Object key, ContextLoad<Object> load) throws Exception {
        return store(key, load.load(this));
    }

    @Override
    public CompletionStage<@Nullable Object> getOrLoadAsync(Object key, AsyncContextLoad<Object> load) {
        Object present = cache.get(key);
        return present != null ? CompletableFuture.completedFuture(present) : reloadAsync(key, load);
    }

    @Override
    public CompletionStage<@Nullable Object> reloadAsync(Object key, AsyncContextLoad<Object> load) {
        return load.load(this).thenApply(value -> store(key, value));
    }

    private @Nullable Object store(Object key, @Nullable Object value) {
        if (value != null) {
            cache.put(key, value);
        }
        return value;
    }
}
