package io.nearfar.jcache;

import io.nearfar.entry.Value;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Runs loads for which callers wait no longer than a timeout: in threads of their own, that callers can leave. Beyond so many at
 * once, or after closing, one runs in its caller. So does one that a load asks for, which waits for it in any case.
 */
final class TimedLoads implements AutoCloseable {
    private static final ThreadLocal<Boolean> LOADING = new ThreadLocal<>();

    private final ThreadPoolExecutor threads;

    TimedLoads(ThreadFactory workers, int mostThreads) {
        threads = Background.threads(workers, mostThreads, new SynchronousQueue<>(), (work, pool) -> work.run());
    }

    /** Tells whether the current thread loads for somebody who may have left it. */
    boolean isLoading() {
        return LOADING.get() != null;
    }

    <V> CompletionStage<@Nullable Value<V>> run(Callable<@Nullable Value<V>> load) {
        CompletableFuture<@Nullable Value<V>> answer = new CompletableFuture<>();
        threads.execute(() -> {
            LOADING.set(true);
            try {
                answer.complete(load.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            } finally {
                LOADING.remove();
            }
        });
        return answer;
    }

    @Override
    public void close() {
        threads.shutdown();
        Background.awaitIdle(threads);
    }
}
