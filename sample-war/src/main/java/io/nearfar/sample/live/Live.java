package io.nearfar.sample.live;

import io.nearfar.NearfarManager;
import io.nearfar.sample.origin.ObservedCaches;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads the counters of this node's caches. */
@ApplicationScoped
public class Live {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long started = System.nanoTime();

    @Inject
    ObservedCaches caches;

    @Inject
    NearfarManager manager;

    @Inject
    @ConfigProperty(name = "gazetteer.node")
    String node;

    /** The figures of this moment. */
    public LiveNode now() {
        List<LiveCache> figures = caches.all().stream()
                .map(cache -> new LiveCache(cache.getName(), cache.figures()))
                .toList();
        return new LiveNode(node, (System.nanoTime() - started) / NANOS_PER_MILLI, figures, manager.warmings());
    }
}
