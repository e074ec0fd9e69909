package io.nearfar.jcache;

import io.nearfar.entry.Value;
import io.nearfar.tier.LoadThread;
import io.nearfar.tier.PooledWork;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs loads for which callers wait no longer than a timeout: in threads of their own, that callers can leave. Beyond so many at
 * once, or after closing, one runs in its caller. So does one that is asked for in a thread of a pool, which others may need.
 */
final class TimedLoads implements AutoCloseable {
    private static final long IDLE_SECONDS = 2;

    private final ThreadPoolExecutor threads;

    TimedLoads(ThreadFactory workers, int mostThreads) {
        threads = new ThreadPoolExecutor(
                0,
                mostThreads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                workers,
                (work, pool) -> work.run());
    }

    /** Runs a load; {@code by} knows its thread while it does. */
    <V> CompletionStage<@Nullable Value<V>> run(LoadThread by, Callable<@Nullable Value<V>> load) {
        CompletableFuture<@Nullable Value<V>> answer = new CompletableFuture<>();
        threads.execute(() -> PooledWork.run(() -> {
            by.begins();
            try {
                answer.complete(load.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            } finally {
                by.ends();
            }
        }));
        return answer;
    }

    @Override
    public void close() {
        threads.shutdown();
        Background.awaitIdle(threads);
    }
}
