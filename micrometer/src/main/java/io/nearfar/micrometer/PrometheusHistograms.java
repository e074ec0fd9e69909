package io.nearfar.micrometer;

import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nearfar.Distribution;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;

/**
 * The histograms of all managers in one registry of Prometheus' client, which wants each name once; there only while it has
 * some. Loaded only where that client is there.
 */
final class PrometheusHistograms implements MultiCollector {
    private static final Map<PrometheusRegistry, PrometheusHistograms> ALL = new WeakHashMap<>();

    private final Map<String, Family> families = new TreeMap<>();

    private PrometheusHistograms() {}

    /** What has one name. */
    private record Family(String help, Map<Labels, Source> series) {
        HistogramSnapshot now(String name) {
            HistogramSnapshot.Builder now =
                    HistogramSnapshot.builder().name(name).help(help);
            series.forEach((labels, source) -> {
                Distribution distribution = source.distribution();
                if (distribution != null) {
                    now.dataPoint(point(labels, distribution));
                }
            });
            return now.build();
        }

        private static HistogramDataPointSnapshot point(Labels labels, Distribution distribution) {
            List<Double> bounds = new ArrayList<>(distribution.bounds());
            bounds.add(Double.POSITIVE_INFINITY);
            return HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, new ArrayList<>(distribution.counts())))
                    .sum(distribution.sum())
                    .build();
        }
    }

    /** Shows one in what is a {@link PrometheusMeterRegistry}; returns what takes it away again. */
    static Runnable register(MeterRegistry meters, MeterName name, Source source) {
        NamingConvention convention = meters.config().namingConvention();
        String family = convention.name(name.name(), Type.TIMER, name.unit());
        Labels labels = labels(convention, name);
        PrometheusRegistry registry = ((PrometheusMeterRegistry) meters).getPrometheusRegistry();
        synchronized (ALL) {
            PrometheusHistograms there = ALL.get(registry);
            if (there == null) {
                there = new PrometheusHistograms();
                ALL.put(registry, there);
                registry.register(there);
            }
            if (!there.add(family, name.help(), labels, source)) {
                return () -> {}; // another manager has it
            }
        }
        return () -> unregister(registry, family, labels);
    }

    private static Labels labels(NamingConvention convention, MeterName name) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Tag tag : name.tags()) {
            labels.put(convention.tagKey(tag.getKey()), convention.tagValue(tag.getValue()));
        }
        return Labels.of(labels.keySet().toArray(new String[0]), labels.values().toArray(new String[0]));
    }

    private static void unregister(PrometheusRegistry registry, String family, Labels labels) {
        synchronized (ALL) {
            PrometheusHistograms there = ALL.get(registry);
            if (there != null && there.removeLast(family, labels)) {
                ALL.remove(registry);
                registry.unregister(there);
            }
        }
    }

    private synchronized boolean add(String family, String help, Labels labels, Source source) {
        return families.computeIfAbsent(family, name -> new Family(help, new LinkedHashMap<>()))
                        .series()
                        .putIfAbsent(labels, source)
                == null;
    }

    /** Returns whether none is left. */
    private synchronized boolean removeLast(String family, Labels labels) {
        Family there = families.get(family);
        if (there != null) {
            there.series().remove(labels);
            if (there.series().isEmpty()) {
                families.remove(family);
            }
        }
        return families.isEmpty();
    }

    @Override
    public synchronized MetricSnapshots collect() {
        MetricSnapshots.Builder now = MetricSnapshots.builder();
        families.forEach((name, family) -> now.metricSnapshot(family.now(name)));
        return now.build();
    }
}
