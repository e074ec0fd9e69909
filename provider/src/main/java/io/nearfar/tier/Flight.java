package io.nearfar.tier;

import io.nearfar.entry.Version;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * A load that is under way in this process. What it comes to may answer who asked before it began; who asked later, only if
 * nothing can have ended it since.
 *
 * @param version the version of its placeholder
 * @param began the instant of {@link System#nanoTime} before which the load was not called
 * @param loader knows the thread that loads; null if the load answers with a stage
 * @param renewal keeps the placeholder alive
 * @param landing completes with what the load comes to
 */
record Flight<V>(
        Version version,
        long began,
        WaitGraph.@Nullable Awaited loader,
        ScheduledFuture<?> renewal,
        CompletableFuture<Loaded<V>> landing)
        implements WaitGraph.Awaited {

    @Override
    public @Nullable Thread owner() {
        return landing.isDone() || loader == null ? null : loader.owner();
    }

    /** Tells whether what it came to is an answer for somebody who asked at that instant of {@link System#nanoTime}. */
    boolean answers(Loaded<V> loaded, long asked) {
        return loaded.shared() || began - asked >= 0;
    }
}
