package io.nearfar.cdi.cache;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Loads of a cache of another provider: get, call, put, as {@link javax.cache.annotation.CacheResult} describes it. */
record PlainLoads(Cache<Object, Object> cache) implements Loads {
    @Override
    public @Nullable Object getOrLoad(Object key, Callable<@Nullable Object> load) throws Exception {
        Object present = cache.get(key);
        return present != null ? present : reload(key, load);
    }

    @Override
    public @Nullable Object reload(Object key, Callable<@Nullable Object> load) throws Exception {
        return store(key, load.call());
    }

    @Override
    public CompletionStage<@Nullable Object> getOrLoadAsync(
            Object key, Supplier<CompletionStage<@Nullable Object>> load) {
        Object present = cache.get(key);
        return present != null ? CompletableFuture.completedFuture(present) : reloadAsync(key, load);
    }

    @Override
    public CompletionStage<@Nullable Object> reloadAsync(Object key, Supplier<CompletionStage<@Nullable Object>> load) {
        return load.get().thenApply(value -> store(key, value));
    }

    private @Nullable Object store(Object key, @Nullable Object value) {
        if (value != null) {
            cache.put(key, value);
        }
        return value;
    }
}
