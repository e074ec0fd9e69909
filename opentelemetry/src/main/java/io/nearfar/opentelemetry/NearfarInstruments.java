package io.nearfar.opentelemetry;

import static java.util.Objects.requireNonNull;

import io.nearfar.Metric;
import io.nearfar.NearfarManager;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows the {@link NearfarManager#meters metrics} of a cache manager by the API of OpenTelemetry, as asynchronous counters and
 * gauges: they are read when somebody collects, so that caches pay nothing for it. They come and go with their caches.
 *
 * <p>Names are those of {@link Metric} with dots, and without the unit and {@code _total}; the unit is {@code s} or {@code By}.
 *
 * <p>The API has no histogram that is read. So one is three counters here, with the ends {@code .buckets} (its attribute
 * {@code le} is the upper bound, as in Prometheus, and each counts what lies below too), {@code .count} and {@code .sum}. Who
 * sets up the SDK can have real ones: {@link NearfarHistograms}. Safe for use by several threads.
 */
public final class NearfarInstruments implements AutoCloseable {
    private final BatchCallback callback;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NearfarInstruments(BatchCallback callback) {
        this.callback = callback;
    }

    /**
     * Shows all metrics from now on, until this or the manager is closed.
     *
     * @param meter of each manager another one, since attributes do not tell managers apart
     * @throws NullPointerException if an argument is null
     */
    public static NearfarInstruments register(Meter meter, NearfarManager manager) {
        return register(meter, manager, true);
    }

    /**
     * Shows all metrics but histograms, for who has those by {@link NearfarHistograms}.
     *
     * @param meter of each manager another one, since attributes do not tell managers apart
     * @throws NullPointerException if an argument is null
     */
    public static NearfarInstruments registerWithoutHistograms(Meter meter, NearfarManager manager) {
        return register(meter, manager, false);
    }

    private static NearfarInstruments register(Meter meter, NearfarManager manager, boolean histograms) {
        requireNonNull(meter, "The meter that makes instruments is null");
        requireNonNull(manager, "The manager whose metrics are to be shown is null");
        Map<Metric, Instrument> instruments = new EnumMap<>(Metric.class);
        List<ObservableMeasurement> measurements = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            if (histograms || metric.kind() != Metric.Kind.HISTOGRAM) {
                Instrument instrument = Instrument.of(meter, metric);
                instruments.put(metric, instrument);
                measurements.addAll(instrument.measurements());
            }
        }
        return new NearfarInstruments(meter.batchCallback(
                () -> observe(manager, instruments),
                measurements.get(0),
                measurements.subList(1, measurements.size()).toArray(new ObservableMeasurement[0])));
    }

    private static void observe(NearfarManager manager, Map<Metric, Instrument> instruments) {
        for (io.nearfar.Meter each : manager.meters()) {
            Instrument instrument = instruments.get(each.metric());
            if (instrument != null) {
                instrument.observe(each);
            }
        }
    }

    /** Shows nothing any more. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) { // the SDK warns of a second time
            callback.close();
        }
    }
}
