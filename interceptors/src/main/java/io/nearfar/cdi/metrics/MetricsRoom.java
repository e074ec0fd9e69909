package io.nearfar.cdi.metrics;

import io.nearfar.NearfarManager;
import jakarta.enterprise.inject.spi.BeanManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the metrics of an application are shown beside the text for Prometheus. */
public interface MetricsRoom extends AutoCloseable {
    /** What only those have who use MicroProfile Metrics. */
    String REGISTRY = "org.eclipse.microprofile.metrics.MetricRegistry";

    /** Shows those of a manager, in the place of the one before. */
    void show(NearfarManager manager);

    /** Shows nothing any more. */
    @Override
    void close();

    /** Returns the registry of MicroProfile Metrics where somebody implements it, else what shows nothing; never throws. */
    static MetricsRoom of(BeanManager beans) {
        Logger log = LoggerFactory.getLogger(MetricsRoom.class);
        try {
            // A container may say in a way of its own that it is not there.
            Class.forName(REGISTRY, false, MetricsRoom.class.getClassLoader());
            MetricsRoom found = MicroProfileMetrics.find(beans);
            if (found != null) {
                return found;
            }
            log.debug("Nobody implements MicroProfile Metrics");
        } catch (ClassNotFoundException | LinkageError absent) {
            log.debug("MicroProfile Metrics is not there");
        } catch (RuntimeException e) {
            log.warn("NF0805 The registry of MicroProfile Metrics cannot be had, and has no metrics of Nearfar", e);
        }
        return nowhere();
    }

    private static MetricsRoom nowhere() {
        return new MetricsRoom() {
            @Override
            public void show(NearfarManager manager) {}

            @Override
            public void close() {}
        };
    }
}
