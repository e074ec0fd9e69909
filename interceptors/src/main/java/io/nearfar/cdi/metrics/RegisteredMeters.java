package io.nearfar.cdi.metrics;

import io.nearfar.Distribution;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.MetricsSettings;
import io.nearfar.NearfarManager;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Keeps the meters of a manager in a registry of MicroProfile Metrics, as gauges that are read when somebody collects: the
 * registry's own counters and histograms would have to be told of each event, and near hits are not to pay for that. A
 * histogram is its buckets, count and sum, under the names that Prometheus gives them. Loaded only where the registry is there.
 */
final class RegisteredMeters implements Runnable {
    private final MetricRegistry registry;
    private final NearfarManager manager;
    private final Map<MetricID, AtomicReference<Meter>> registered = new HashMap<>();
    private boolean closed;

    RegisteredMeters(MetricRegistry registry, NearfarManager manager) {
        this.registry = registry;
        this.manager = manager;
    }

    /** Registers what there is now, and takes away what there is no more. */
    @Override
    public synchronized void run() {
        if (closed) {
            return;
        }
        Map<MetricID, Boolean> present = new HashMap<>();
        boolean usualNames = manager.unwrap(MetricsSettings.class).usualNames();
        for (Meter meter : manager.meters()) {
            add(meter, meter.metric().fullName(), present);
            String usual = usualNames ? meter.metric().usualName() : null;
            if (usual != null) {
                add(meter, usual, present);
            }
        }
        Iterator<MetricID> ids = registered.keySet().iterator();
        while (ids.hasNext()) {
            MetricID id = ids.next();
            if (!present.containsKey(id)) {
                registry.remove(id);
                ids.remove();
            }
        }
    }

    private void add(Meter meter, String name, Map<MetricID, Boolean> present) {
        if (meter.metric().kind() != Metric.Kind.HISTOGRAM) {
            gauge(meter, name, tags(meter), present, Meter::value);
            return;
        }
        Distribution shape = Objects.requireNonNull(meter.distribution(), "A histogram has a distribution");
        for (int i = 0; i < shape.bounds().size(); i++) {
            int buckets = i + 1;
            Tag[] tags = tags(meter, new Tag("le", String.valueOf(shape.bounds().get(i))));
            gauge(meter, name + "_bucket", tags, present, each -> below(each, buckets));
        }
        gauge(meter, name + "_bucket", tags(meter, new Tag("le", "+Inf")), present, Meter::value);
        gauge(meter, name + "_count", tags(meter), present, Meter::value);
        gauge(meter, name + "_sum", tags(meter), present, RegisteredMeters::sum);
    }

    private static double below(Meter meter, int buckets) {
        Distribution now = meter.distribution();
        return now == null
                ? 0
                : now.counts().subList(0, buckets).stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    private static double sum(Meter meter) {
        Distribution now = meter.distribution();
        return now == null ? 0 : now.sum();
    }

    private static Tag[] tags(Meter meter, Tag... further) {
        Tag[] tags = new Tag[meter.tags().size() + further.length];
        int at = 0;
        for (Map.Entry<String, String> tag : meter.tags().entrySet()) {
            tags[at++] = new Tag(tag.getKey(), tag.getValue());
        }
        System.arraycopy(further, 0, tags, at, further.length);
        return tags;
    }

    /** A cache that was closed and opened again goes on under the gauge that is there. */
    private void gauge(
            Meter meter, String name, Tag[] tags, Map<MetricID, Boolean> present, ToDoubleFunction<Meter> number) {
        MetricID id = new MetricID(name, tags);
        present.put(id, true);
        AtomicReference<Meter> there = registered.get(id);
        if (there != null) {
            there.set(meter);
            return;
        }
        AtomicReference<Meter> current = new AtomicReference<>(meter);
        Metadata metadata = Metadata.builder()
                .withName(name)
                .withDescription(meter.metric().help())
                .withUnit(MetricUnits.NONE) // the name has it
                .build();
        registry.gauge(metadata, () -> (Double) number.applyAsDouble(current.get()), tags);
        registered.put(id, current);
    }

    /** Takes all away. */
    synchronized void close() {
        closed = true;
        manager.removeMetersListener(this);
        registered.keySet().forEach(registry::remove);
        registered.clear();
    }
}
