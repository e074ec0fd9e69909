package io.nearfar.cdi.cache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.LoadContext;
import io.nearfar.NearfarCache;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Loads under the load lease of the key: one call at a time, its result stored only if nothing touched the key. */
record LeasedLoads(NearfarCache<Object, Object> cache) implements Loads {
    /** A method is called while its caller is there, and at no other time: request, transaction and user are the caller's. */
    private record InCall(ContextLoad<Object> load) implements ContextLoad<Object> {
        @Override
        public @Nullable Object load(LoadContext context) throws Exception {
            return load.load(context);
        }

        @Override
        public boolean mayRunLater() {
            return false;
        }
    }

    /** Likewise one that answers with a stage. */
    private record InAsyncCall(AsyncContextLoad<Object> load) implements AsyncContextLoad<Object> {
        @Override
        public CompletionStage<? extends @Nullable Object> load(LoadContext context) {
            return load.load(context);
        }

        @Override
        public boolean mayRunLater() {
            return false;
        }
    }

    @Override
    public @Nullable Object getOrLoad(Object key, ContextLoad<Object> load) throws Exception {
        return cache.getOrLoad(key, new InCall(load));
    }

    @Override
    public @Nullable Object reload(Object key, ContextLoad<Object> load) throws Exception {
        return cache.reload(key, load);
    }

    @Override
    public CompletionStage<@Nullable Object> getOrLoadAsync(Object key, AsyncContextLoad<Object> load) {
        return cache.getOrLoadAsync(key, new InAsyncCall(load));
    }

    @Override
    public CompletionStage<@Nullable Object> reloadAsync(Object key, AsyncContextLoad<Object> load) {
        return cache.reloadAsync(key, load);
    }
}
