package io.nearfar.micrometer;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.Id;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.noop.NoopMeter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Histograms in registries. Micrometer's own want to be told each number, and have nothing for one that is counted elsewhere and
 * read: so that the registry for Prometheus gets it past Micrometer, and every other a count and a sum.
 */
final class Histograms {
    private static final String PROMETHEUS = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry";
    private static final String PROBE = ".buckets";

    private Histograms() {}

    /** Returns what takes it away again. */
    static Runnable register(MeterRegistry registry, MeterName name, Source source) {
        if (registry instanceof CompositeMeterRegistry composite) {
            MeterName filtered = filtered(composite, name);
            List<Runnable> parts = filtered == null
                    ? List.of()
                    : composite.getRegistries().stream()
                            .map(part -> register(part, filtered, source))
                            .toList();
            return () -> parts.forEach(Runnable::run);
        }
        if (isPrometheus(registry.getClass())) {
            MeterName filtered = filtered(registry, name);
            return filtered == null ? () -> {} : PrometheusHistograms.register(registry, filtered, source);
        }
        return timer(registry, name, source);
    }

    private static boolean isPrometheus(@Nullable Class<?> type) {
        return type != null && (type.getName().equals(PROMETHEUS) || isPrometheus(type.getSuperclass()));
    }

    private static Runnable timer(MeterRegistry registry, MeterName name, Source source) {
        if (registry.find(name.name()).tags(name.tags()).meter() != null) {
            return () -> {}; // that of another manager
        }
        FunctionTimer timer = FunctionTimer.builder(name.name(), source, Source::count, Source::sum, TimeUnit.SECONDS)
                .tags(name.tags())
                .description(name.help())
                .register(registry);
        return () -> registry.remove(timer);
    }

    /**
     * Returns what the filters of a registry, which nobody can ask, make of a name; null if they deny it. They are shown a meter
     * that is there for that moment alone, under a name of its own, since two of the same would make a scrape fail.
     */
    private static @Nullable MeterName filtered(MeterRegistry registry, MeterName name) {
        Gauge probe = Gauge.builder(name.name() + PROBE, () -> Double.NaN)
                .tags(name.tags())
                .register(registry);
        if (probe instanceof NoopMeter) {
            return null;
        }
        registry.remove(probe);
        Id id = probe.getId();
        String filtered = id.getName().endsWith(PROBE)
                ? id.getName().substring(0, id.getName().length() - PROBE.length())
                : name.name();
        return new MeterName(filtered, Tags.of(id.getTags()), name.unit(), name.help());
    }
}
