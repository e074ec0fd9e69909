package io.nearfar.tier;

import io.nearfar.config.FailSafeSettings;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.integration.CacheLoaderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long callers of one cache wait for a load: after the soft timeout an entry in its grace answers, after the hard one nobody
 * waits any longer. The load goes on, and its result is stored as that of any other.
 */
final class Timeouts<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Timeouts.class);

    private final EntryStore<K, V> store;
    private final String cache;
    private final FailSafeSettings settings;
    private final ScheduledExecutorService errands;

    Timeouts(EntryStore<K, V> store, String cache, FailSafeSettings settings, ScheduledExecutorService errands) {
        this.store = store;
        this.cache = cache;
        this.settings = settings;
        this.errands = errands;
    }

    /**
     * Returns what a caller gets that waits for a load no longer than it must: what may answer meanwhile is an answer, if the load
     * has none yet. The key is the cache's to keep.
     *
     * @param since the instant of {@link System#nanoTime} from which the hard timeout counts
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the answer tells every outcome
    CompletionStage<Loaded<V>> bound(K key, Asked<V> asked, long since) {
        if (!settings.isTimed()) {
            return asked.load();
        }
        CompletableFuture<Loaded<V>> answer = new CompletableFuture<>();
        asked.load().whenComplete((loaded, failure) -> AsyncLoads.pass(loaded, failure, answer));
        asked.meanwhile().thenAccept(answer::complete);
        if (!answer.isDone()) {
            if (settings.softMillis() > 0) {
                after(settings.softMillis(), answer, () -> answerKept(key, answer));
            }
            if (settings.hardMillis() > 0) {
                long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
                after(Math.max(0, settings.hardMillis() - waited), answer, () -> end(key, answer));
            }
        }
        return answer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the timer is all that depends on it
    private void after(long millis, CompletableFuture<Loaded<V>> answer, Runnable work) {
        try {
            ScheduledFuture<?> timer = Errands.ofCaller(errands).scheduled(millis, () -> {
                if (!answer.isDone()) {
                    work.run();
                }
            });
            answer.whenComplete((loaded, failure) -> timer.cancel(false));
        } catch (RejectedExecutionException e) {
            LOG.debug("The manager is being closed, and a load has no timeout", e);
        }
    }

    private void end(K key, CompletableFuture<Loaded<V>> answer) {
        try {
            answerKept(key, answer);
        } finally {
            answer.completeExceptionally(new CacheLoaderException("A load of key " + key + " of cache " + cache
                    + " took longer than nearfar.cache." + cache + ".load.hard-timeout, which is "
                    + settings.hardMillis()
                    + " ms; it goes on, and its result is stored. Raise the timeout, or give the cache a grace, so that the"
                    + " value of before answers"));
        }
    }

    private void answerKept(K key, CompletableFuture<Loaded<V>> answer) {
        Entry<V> kept = Revalidation.kept(store, key);
        if (kept != null) {
            answer.complete(Loaded.stale(kept, false));
        }
    }
}
