package io.nearfar.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.NearfarManager;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The meters of a manager in one registry. It holds what is read, since registries hold the state of counters weakly. */
final class BoundRegistry implements Runnable {
    private final MeterRegistry registry;
    private final NearfarManager manager;
    private final Tags tags;
    private final Map<Identity, Shown> shown = new HashMap<>();
    private boolean closed;

    BoundRegistry(MeterRegistry registry, NearfarManager manager, Tags tags) {
        this.registry = registry;
        this.manager = manager;
        this.tags = tags;
    }

    /** What a meter measures; each reading of the manager has other objects for it. */
    private record Identity(Metric metric, Map<String, String> tags) {}

    /** A meter in the registry, which goes on if its cache is closed and opened again, and what takes it away. */
    private record Shown(Source source, Runnable remove) {}

    /** Registers what there is now, and takes away what there is no more. */
    @Override
    public synchronized void run() {
        if (closed) {
            return;
        }
        if (registry.isClosed()) {
            close();
            return;
        }
        Set<Identity> present = new HashSet<>();
        for (Meter meter : manager.meters()) {
            Identity identity = new Identity(meter.metric(), meter.tags());
            present.add(identity);
            Shown there = shown.get(identity);
            if (there != null) {
                there.source().read(meter);
            } else {
                Source source = new Source(meter);
                shown.put(
                        identity,
                        new Shown(source, register(meter.metric().kind(), MeterName.of(meter, tags), source)));
            }
        }
        shown.entrySet().removeIf(entry -> {
            boolean gone = !present.contains(entry.getKey());
            if (gone) {
                entry.getValue().remove().run();
            }
            return gone;
        });
    }

    /** Returns what takes it away again. */
    private Runnable register(Metric.Kind kind, MeterName name, Source source) {
        if (kind == Metric.Kind.HISTOGRAM) {
            return Histograms.register(registry, name, source);
        }
        if (registry.find(name.name()).tags(name.tags()).meter() != null) {
            return () -> {}; // that of another manager
        }
        io.micrometer.core.instrument.Meter registered = kind == Metric.Kind.COUNTER
                ? FunctionCounter.builder(name.name(), source, Source::value)
                        .tags(name.tags())
                        .baseUnit(name.unit())
                        .description(name.help())
                        .register(registry)
                : Gauge.builder(name.name(), source::value)
                        .tags(name.tags())
                        .baseUnit(name.unit())
                        .description(name.help())
                        .register(registry);
        return () -> registry.remove(registered);
    }

    /** Takes all away. */
    synchronized void close() {
        closed = true;
        manager.removeMetersListener(this);
        shown.values().forEach(meter -> meter.remove().run());
        shown.clear();
    }
}
