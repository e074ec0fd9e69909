package io.nearfar.cdi.cache;

import io.nearfar.NearfarCache;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** How a cache answers, or has a method called: the loading part of {@link NearfarCache}. */
interface Loads {
    @Nullable
    Object getOrLoad(Object key, Callable<@Nullable Object> load) throws Exception;

    @Nullable
    Object reload(Object key, Callable<@Nullable Object> load) throws Exception;

    CompletionStage<@Nullable Object> getOrLoadAsync(Object key, Supplier<CompletionStage<@Nullable Object>> load);

    CompletionStage<@Nullable Object> reloadAsync(Object key, Supplier<CompletionStage<@Nullable Object>> load);

    /** Returns the loads of {@code cache}: under the load lease if it is one of ours, else as JSR-107 describes them. */
    static Loads of(Cache<Object, Object> cache) {
        return cache instanceof NearfarCache<Object, Object> ours ? new LeasedLoads(ours) : ofOther(cache);
    }

    @SuppressWarnings("unchecked") // what a cache unwraps to has the types of the cache
    private static Loads ofOther(Cache<Object, Object> cache) {
        try {
            return new LeasedLoads(cache.unwrap(NearfarCache.class));
        } catch (IllegalArgumentException e) {
            return new PlainLoads(cache); // JSR-107: what unwrap throws if the cache is of another kind
        }
    }
}
