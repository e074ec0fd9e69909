package io.nearfar.opentelemetry;

import static java.util.Objects.requireNonNull;

import io.nearfar.Distribution;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.NearfarManager;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;

/**
 * The histograms of cache managers as real ones of OpenTelemetry, for who sets up its SDK:
 *
 * <pre>{@code
 * NearfarHistograms histograms = new NearfarHistograms();
 * SdkMeterProvider.builder().registerMetricProducer(histograms)…
 * histograms.add(manager);
 * }</pre>
 *
 * Numbers are cumulative, also for a reader that would like differences. Safe for use by several threads.
 */
public final class NearfarHistograms implements MetricProducer {
    private final Set<NearfarManager> managers = new CopyOnWriteArraySet<>();
    private final Clock clock = Clock.systemUTC();
    private final long start = now();

    /** Creates one without managers. */
    public NearfarHistograms() {}

    /**
     * Shows the histograms of that manager from now on, until it is removed or closed. Attributes do not tell managers apart: of
     * several, each wants one of these in an SDK of its own.
     *
     * @throws NullPointerException if {@code manager} is null
     */
    public void add(NearfarManager manager) {
        managers.add(requireNonNull(manager, "The manager whose histograms are to be shown is null"));
    }

    /** Shows those of that manager no more. */
    public void remove(NearfarManager manager) {
        managers.remove(manager);
    }

    /** Returns what the histograms have counted until now, as the SDK asks for it. */
    @Override
    public Collection<MetricData> produce(Resource resource) {
        long now = now();
        Map<Metric, List<HistogramPointData>> points = new EnumMap<>(Metric.class);
        for (NearfarManager manager : managers) {
            for (Meter meter : manager.meters()) {
                Distribution distribution = meter.distribution();
                if (distribution != null) {
                    points.computeIfAbsent(meter.metric(), metric -> new ArrayList<>())
                            .add(point(meter, distribution, now));
                }
            }
        }
        List<MetricData> all = new ArrayList<>();
        points.forEach((metric, series) -> all.add(new HistogramMetric(
                resource, metric, HistogramData.create(AggregationTemporality.CUMULATIVE, series))));
        return all;
    }

    private HistogramPointData point(Meter meter, Distribution distribution, long now) {
        return HistogramPointData.create(
                start,
                now,
                Names.attributes(meter),
                distribution.sum(),
                false,
                0,
                false,
                0,
                distribution.bounds(),
                distribution.counts());
    }

    private long now() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
