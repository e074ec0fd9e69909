package io.nearfar.micrometer;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nearfar.NearfarManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the {@link NearfarManager#meters metrics} of a cache manager in registries of Micrometer: counters and gauges that are
 * read when somebody collects, so that caches pay nothing for it. They come and go with their caches.
 *
 * <p>Names are those of {@link io.nearfar.Metric} with dots, and without the unit and {@code _total}, which registries add in
 * their own way: in that for Prometheus each has its full name again. A histogram is one with all buckets there; in other
 * registries, which have none that can be read, it is a {@link io.micrometer.core.instrument.FunctionTimer}: how many, and how
 * long together.
 *
 * <p>A registry, and those that a composite one has when this is bound to it, is to have one manager without further tags. What
 * another one would show under the same names and tags is left out. Safe for use by several threads.
 */
public final class NearfarMetrics implements MeterBinder, AutoCloseable {
    private final NearfarManager manager;
    private final Tags tags;
    private final List<BoundRegistry> bound = new ArrayList<>();

    /**
     * Creates one that shows nothing until it is bound.
     *
     * @throws NullPointerException if {@code manager} is null
     */
    public NearfarMetrics(NearfarManager manager) {
        this(manager, Tags.empty());
    }

    /**
     * Creates one that shows nothing until it is bound.
     *
     * @param tags what all metrics have beside their own tags, such as one that tells managers apart
     * @throws NullPointerException if an argument is null
     */
    public NearfarMetrics(NearfarManager manager, Iterable<Tag> tags) {
        this.manager = requireNonNull(manager, "The manager whose metrics are to be shown is null");
        this.tags = Tags.of(requireNonNull(tags, "The tags are null; none is an empty list"));
    }

    /** Shows all metrics in that registry from now on, until this, the registry or the manager is closed. */
    @Override
    public void bindTo(MeterRegistry registry) {
        BoundRegistry meters = new BoundRegistry(registry, manager, tags);
        synchronized (this) {
            bound.add(meters);
        }
        manager.addMetersListener(meters);
        meters.run();
    }

    /** Takes all metrics from all registries. It can be bound anew then. */
    @Override
    public synchronized void close() {
        bound.forEach(BoundRegistry::close);
        bound.clear();
    }
}
