package io.nearfar.sample.live;

import io.nearfar.AsyncNearfarCache;
import io.nearfar.NearfarCache;
import io.nearfar.sample.origin.ObservedCaches;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;

/**
 * Ends what is probably wrong, and keeps it for loads that fail. By the asynchronous view: all keys are under way together, and no
 * thread waits for Redis.
 */
@ApplicationScoped
public class Doubts {
    @Inject
    ObservedCaches caches;

    /** Ends all entries of a cache, on all nodes, and answers how many; empty if there is no such cache. */
    public Optional<CompletionStage<Integer>> about(String name) {
        return caches.all().stream()
                .filter(cache -> cache.getName().equals(name))
                .findFirst()
                .map(Doubts::expire);
    }

    private static <K, V> CompletionStage<Integer> expire(NearfarCache<K, V> cache) {
        AsyncNearfarCache<K, V> async = cache.async();
        CompletionStage<Integer> count = CompletableFuture.completedFuture(0);
        for (Cache.Entry<K, V> entry : cache) {
            count = count.thenCombine(async.expire(entry.getKey()), (ended, done) -> done ? ended + 1 : ended);
        }
        return count;
    }
}
