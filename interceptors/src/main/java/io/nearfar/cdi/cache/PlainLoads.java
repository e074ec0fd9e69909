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
 * Loads of a cache of another provider: get, call, put, as {@link javax.cache.annotation.CacheResult} describes it. What
 * is to be stored with options is not stored: such a cache knows none.
 */
record PlainLoads(Cache<Object, Object> cache) implements Loads {
    /** Notices that a value must not be stored without what the cache cannot store with it. */
    private static final class Context implements LoadContext {
        private volatile boolean refused;

        @Override
        public void setOptions(EntryOptions options) {
            refused = !options.equals(EntryOptions.NONE);
        }
    }

    @Override
    public void mustTakeOptions() {
        throw CacheTarget.withoutTags(cache);
    }

    @Override
    public @Nullable Object getOrLoad(Object key, ContextLoad<Object> load) throws Exception {
        Object present = cache.get(key);
        return present != null ? present : reload(key, load);
    }

    @Override
    public @Nullable Object reload(Object key, ContextLoad<Object> load) throws Exception {
        Context context = new Context();
        return store(key, load.load(context), context);
    }

    @Override
    public CompletionStage<@Nullable Object> getOrLoadAsync(Object key, AsyncContextLoad<Object> load) {
        Object present = cache.get(key);
        return present != null ? CompletableFuture.completedFuture(present) : reloadAsync(key, load);
    }

    @Override
    public CompletionStage<@Nullable Object> reloadAsync(Object key, AsyncContextLoad<Object> load) {
        Context context = new Context();
        return load.load(context).thenApply(value -> store(key, value, context));
    }

    private @Nullable Object store(Object key, @Nullable Object value, Context context) {
        if (value == null) {
            return null;
        } else if (context.refused) {
            cache.remove(key);
        } else {
            cache.put(key, value);
        }
        return value;
    }
}
