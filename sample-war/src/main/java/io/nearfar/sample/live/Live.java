package io.nearfar.sample.live;

import io.nearfar.CacheFigures;
import io.nearfar.EffectiveSetting;
import io.nearfar.EffectiveSettings;
import io.nearfar.NearfarManager;
import io.nearfar.sample.origin.ObservedCaches;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    /** How a cache is set: its settings and its figures are objects. Empty if this node has no cache of that name. */
    public Optional<LiveSettings> settings(String name) {
        return caches.all().stream()
                .filter(cache -> cache.getName().equals(name))
                .findFirst()
                .map(cache -> settings(cache.settings(), cache.figures()));
    }

    private static LiveSettings settings(EffectiveSettings settings, CacheFigures figures) {
        Duration timeToLive = settings.timeToLive();
        return new LiveSettings(
                settings.cache(),
                settings.mode(),
                settings.version(),
                settings.codec(),
                timeToLive == null ? "none" : timeToLive.toString(),
                figures.hitRate(),
                figures.nearSize(),
                settings.nearMaximumEntries(),
                figures.evictions(),
                settings.all().stream()
                        .filter(setting -> !setting.origin().equals(EffectiveSetting.DEFAULT))
                        .toList());
    }
}
