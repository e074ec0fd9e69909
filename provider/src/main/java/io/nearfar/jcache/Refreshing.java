package io.nearfar.jcache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.LoadContext;
import io.nearfar.RateLimitExceededException;
import io.nearfar.entry.Entry;
import io.nearfar.jcache.integration.Loader;
import io.nearfar.tier.Refreshes;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has entries loaded again, in the background, that are read late in their life. */
final class Refreshing<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Refreshing.class);

    private final Desk<K, V> desk;
    private final Loading<K, V> loading;
    private final boolean on;
    private final Refreshes<K, V> refreshes;
    private final Refreshers refreshers;
    private final AtomicBoolean failing = new AtomicBoolean();

    Refreshing(Desk<K, V> desk, Loading<K, V> loading, Refreshers refreshers) {
        this.desk = desk;
        this.loading = loading;
        this.on = desk.opened().settings().loading().refreshAhead() > 0;
        this.refreshes = desk.opened().tiers().refreshes();
        this.refreshers = refreshers;
    }

    /** Tells whether anything is ever loaded again because it was read. */
    boolean isOn() {
        return on;
    }

    /** An entry was read by somebody who would have had the cache's loader load it. */
    void read(K key, Entry<V> entry) {
        Loader<K, V> loader = desk.loader();
        if (on && loader != null && desk.readsThrough() && refreshes.isDue(key, entry)) {
            begin(key, entry, kept -> context -> loader.load(kept, context));
        }
    }

    /** An entry was read by somebody who would have had it loaded so. */
    void read(K key, Entry<V> entry, ContextLoad<? extends V> load) {
        if (on && load.mayRunLater() && refreshes.isDue(key, entry)) {
            begin(key, entry, kept -> load);
        }
    }

    /** Likewise by a load that answers with a stage. */
    void read(K key, Entry<V> entry, AsyncContextLoad<? extends V> load) {
        if (on && load.mayRunLater() && refreshes.isDue(key, entry)) {
            begin(key, entry, kept -> context -> joined(load, context));
        }
    }

    private static <V> @Nullable V joined(AsyncContextLoad<? extends V> load, LoadContext context) throws Exception {
        try {
            return load.load(context).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void begin(K key, Entry<V> entry, Function<K, ContextLoad<? extends V>> loadOf) {
        if (refreshers.hasRoom()) { // or a later read asks again
            K kept = desk.kept(key);
            if (refreshes.begin(kept, entry) && !refreshers.offer(() -> run(kept, entry, loadOf.apply(kept)))) {
                refreshes.forget(kept, entry);
            }
        }
    }

    private void run(K key, Entry<V> entry, ContextLoad<? extends V> load) {
        if (refreshes.hasEnded(entry)) { // while it waited for a thread; the next read misses, and loads
            refreshes.forget(key, entry);
            return;
        }
        try {
            if (loading.again(key, entry, load)) {
                failing.set(false);
            }
        } catch (RateLimitExceededException e) {
            LOG.debug(
                    "{}: an entry is not loaded again before its end, for the limit of loads has no room",
                    desk.cache(),
                    e);
        } catch (Throwable e) { // no caller hears of it
            tell(e);
        }
    }

    /** That a load fails under which its loader is closed is nobody's mistake. */
    private void tell(Throwable failure) {
        if (!refreshers.isClosed() && failing.compareAndSet(false, true)) {
            LOG.warn(
                    "NF0513 {}: an entry could not be loaded again before its end; it is answered until then. Further failures"
                            + " are not logged until one is loaded again",
                    desk.cache(),
                    failure);
        }
    }
}
