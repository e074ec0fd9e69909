package io.nearfar.cdi.cache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.NearfarCache;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How a cache answers, or has a method called: the loading part of {@link NearfarCache}. */
interface Loads {
    @Nullable
    Object getOrLoad(Object key, ContextLoad<Object> load) throws Exception;

    @Nullable
    Object reload(Object key, ContextLoad<Object> load) throws Exception;

    CompletionStage<@Nullable Object> getOrLoadAsync(Object key, AsyncContextLoad<Object> load);

    CompletionStage<@Nullable Object> reloadAsync(Object key, AsyncContextLoad<Object> load);

    /**
     * Does nothing if the cache stores values with options.
     *
     * @throws javax.cache.CacheException if it cannot
     */
    default void mustTakeOptions() {}
}
