package io.nearfar.cdi.cache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.NearfarCache;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Loads under the load lease of the key: one call at a time, its result stored only if nothing touched the key. */
record LeasedLoads(NearfarCache<Object, Object> cache) implements Loads {
    @Override
    public @Nullable Object getOrLoad(Object key, ContextLoad<Object> load) throws Exception {
        return cache.getOrLoad(key, load);
    }

    @Override
    public @Nullable Object reload(Object key, ContextLoad<Object> load) throws Exception {
        return cache.reload(key, load);
    }

    @Override
    public CompletionStage<@Nullable Object> getOrLoadAsync(Object key, AsyncContextLoad<Object> load) {
        return cache.getOrLoadAsync(key, load);
    }

    @Override
    public CompletionStage<@Nullable Object> reloadAsync(Object key, AsyncContextLoad<Object> load) {
        return cache.reloadAsync(key, load);
    }
}
