package io.nearfar.opentelemetry;

import io.nearfar.Distribution;
import io.nearfar.Metric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import java.util.List;

/** What a metric is in OpenTelemetry: one instrument, or three for a histogram. */
interface Instrument {
    /** Returns what has to be told beforehand that it will be observed. */
    List<ObservableMeasurement> measurements();

    /** Tells what a meter of the metric shows now; nothing if it is not known. */
    void observe(io.nearfar.Meter source);

    /** Creates what a metric is. */
    static Instrument of(Meter meter, Metric metric) {
        String name = Names.name(metric);
        return switch (metric.kind()) {
            case COUNTER ->
                new Counter(meter.counterBuilder(name)
                        .setUnit(Names.unit(metric))
                        .setDescription(metric.help())
                        .buildObserver());
            case GAUGE ->
                new Gauge(meter.gaugeBuilder(name)
                        .setUnit(Names.unit(metric))
                        .setDescription(metric.help())
                        .buildObserver());
            case HISTOGRAM ->
                new Histogram(
                        meter.counterBuilder(name + ".buckets")
                                .setDescription(metric.help())
                                .buildObserver(),
                        meter.counterBuilder(name + ".count")
                                .setDescription(metric.help())
                                .buildObserver(),
                        meter.counterBuilder(name + ".sum")
                                .ofDoubles()
                                .setUnit(Names.unit(metric))
                                .setDescription(metric.help())
                                .buildObserver());
        };
    }

    /** A number that only grows. */
    record Counter(ObservableLongMeasurement counter) implements Instrument {
        @Override
        public List<ObservableMeasurement> measurements() {
            return List.of(counter);
        }

        @Override
        public void observe(io.nearfar.Meter source) {
            double value = source.value();
            if (!Double.isNaN(value)) {
                counter.record((long) value, Names.attributes(source));
            }
        }
    }

    /** A number of now. */
    record Gauge(ObservableDoubleMeasurement gauge) implements Instrument {
        @Override
        public List<ObservableMeasurement> measurements() {
            return List.of(gauge);
        }

        @Override
        public void observe(io.nearfar.Meter source) {
            double value = source.value();
            if (!Double.isNaN(value)) {
                gauge.record(value, Names.attributes(source));
            }
        }
    }

    /** What a histogram has counted, as three counters. */
    record Histogram(
            ObservableLongMeasurement buckets, ObservableLongMeasurement count, ObservableDoubleMeasurement sum)
            implements Instrument {
        private static final AttributeKey<String> BOUND = AttributeKey.stringKey("le");

        @Override
        public List<ObservableMeasurement> measurements() {
            return List.of(buckets, count, sum);
        }

        @Override
        public void observe(io.nearfar.Meter source) {
            Distribution now = source.distribution();
            if (now == null) {
                return;
            }
            Attributes attributes = Names.attributes(source);
            long below = 0;
            for (int i = 0; i < now.counts().size(); i++) {
                below += now.counts().get(i);
                String bound =
                        i < now.bounds().size() ? String.valueOf(now.bounds().get(i)) : "+Inf";
                buckets.record(below, attributes.toBuilder().put(BOUND, bound).build());
            }
            count.record(below, attributes);
            sum.record(now.sum(), attributes);
        }
    }
}
