package io.nearfar.cdi.metrics;

import io.nearfar.NearfarManager;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionTarget;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the metrics of an application's manager in the registry that MicroProfile Metrics has for it. Loaded only where that
 * interface is there.
 */
final class MicroProfileMetrics implements MetricsRoom {
    private static final Logger LOG = LoggerFactory.getLogger(MicroProfileMetrics.class);

    private final MetricRegistry registry;
    private @Nullable RegisteredMeters current;

    private MicroProfileMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    /** Asks as any bean would: who produces a registry may want to know for whom. */
    static final class Point {
        @Inject
        @Nullable
        Instance<MetricRegistry> registries;
    }

    /** Returns what shows metrics, or null if nobody implements the interface. */
    static @Nullable MetricsRoom find(BeanManager beans) {
        InjectionTarget<Point> target = beans.getInjectionTargetFactory(beans.createAnnotatedType(Point.class))
                .createInjectionTarget(null);
        CreationalContext<Point> context = beans.createCreationalContext(null);
        Point point = new Point();
        target.inject(point, context);
        Instance<MetricRegistry> registries = point.registries;
        return registries == null || !registries.isResolvable() ? null : new MicroProfileMetrics(registries.get());
    }

    @Override
    public synchronized void show(NearfarManager manager) {
        close();
        RegisteredMeters shown = new RegisteredMeters(registry, manager);
        current = shown;
        manager.addMetersListener(shown);
        try {
            shown.run();
        } catch (RuntimeException e) {
            LOG.warn("NF0806 The registry of MicroProfile Metrics has refused metrics of Nearfar", e);
        }
    }

    @Override
    public synchronized void close() {
        RegisteredMeters shown = current;
        if (shown != null) {
            shown.close();
        }
        current = null;
    }
}
