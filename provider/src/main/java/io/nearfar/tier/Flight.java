package io.nearfar.tier;

import io.nearfar.entry.Version;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * A load that is under way in this process.
 *
 * @param version the version of its placeholder
 * @param loader the thread that loads, or null if the load answers with a stage
 * @param renewal keeps the placeholder alive
 * @param landing completes with what the load comes to
 */
record Flight<V>(
        Version version, @Nullable Thread loader, ScheduledFuture<?> renewal, CompletableFuture<Loaded<V>> landing)
        implements WaitGraph.Awaited {

    @Override
    public @Nullable Thread owner() {
        return landing.isDone() ? null : loader;
    }
}
