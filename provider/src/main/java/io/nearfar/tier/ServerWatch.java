package io.nearfar.tier;

import io.nearfar.CacheHealth;
import io.nearfar.Meter;
import io.nearfar.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of what the servers of the far tier say of themselves. Who reads one gets what was said last; the servers are
 * asked in the background, every {@value #PERIOD_SECONDS} seconds while somebody reads, and not at all while nobody does.
 * Safe for use by several threads.
 */
final class ServerWatch {
    static final long PERIOD_SECONDS = 15;

    /** Who collects does so within this time; else nobody collects. */
    private static final long READ_SECONDS = 300;

    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

    private final Supplier<List<CacheHealth.Server>> servers;
    private final Later later;
    private final LongSupplier nanoTime;
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile Map<String, Reading> readings = Map.of();
    private volatile long lastRead;
    private volatile Runnable onOthers = () -> {};

    /** Has work done after so many seconds, by a thread that may wait for the far tier; or never, if that is closed. */
    interface Later {
        void after(long seconds, Runnable work);
    }

    /** What one server has said last; null while that is not known. */
    private static final class Reading {
        private volatile CacheHealth.@Nullable Figures figures;

        double number(ToLongFunction<CacheHealth.Figures> figure) {
            CacheHealth.Figures last = figures;
            return last == null ? Double.NaN : figure.applyAsLong(last);
        }
    }

    /** Creates one that has asked nobody; {@code servers} waits for their answers. */
    ServerWatch(Supplier<List<CacheHealth.Server>> servers, Later later, LongSupplier nanoTime) {
        this.servers = servers;
        this.later = later;
        this.nanoTime = nanoTime;
    }

    /** Has {@code others} run whenever {@link #meters} are those of other servers. */
    void onOthers(Runnable others) {
        onOthers = others;
    }

    /** Returns those of the servers that have answered last; none before the first answer. */
    List<Meter> meters() {
        Map<String, Reading> answered = readings; // and not what is answered to this very question
        read();
        List<Meter> meters = new ArrayList<>();
        answered.forEach((address, reading) -> {
            meters.add(meter(Metric.SERVER_MEMORY_USED, reading, CacheHealth.Figures::usedMemory, address));
            meters.add(meter(Metric.SERVER_MEMORY_MAXIMUM, reading, CacheHealth.Figures::maximumMemory, address));
            meters.add(meter(Metric.SERVER_CLIENTS, reading, CacheHealth.Figures::clients, address));
            meters.add(meter(Metric.SERVER_EVICTIONS, reading, CacheHealth.Figures::evictions, address));
        });
        return meters;
    }

    private Meter meter(Metric metric, Reading reading, ToLongFunction<CacheHealth.Figures> figure, String address) {
        return Meter.of(
                metric,
                () -> {
                    read();
                    return reading.number(figure);
                },
                address);
    }

    /** What was said before a pause, in which nobody read, is too old to be shown. */
    private void read() {
        lastRead = nanoTime.getAsLong();
        if (watching.compareAndSet(false, true)) {
            readings.values().forEach(reading -> reading.figures = null);
            later.after(0, this::look);
        }
    }

    private void look() {
        take(answers());
        if (nanoTime.getAsLong() - lastRead < TimeUnit.SECONDS.toNanos(READ_SECONDS)) {
            later.after(PERIOD_SECONDS, this::look);
        } else {
            watching.set(false);
        }
    }

    private List<CacheHealth.Server> answers() {
        try {
            return servers.get();
        } catch (RuntimeException e) { // what leaves here ends the watch
            LOG.debug("No server can be asked for its figures", e);
            return List.of();
        }
    }

    private void take(List<CacheHealth.Server> answers) {
        Map<String, Reading> before = readings;
        Map<String, Reading> now = new LinkedHashMap<>();
        for (CacheHealth.Server server : answers) {
            if (server.figures() != null) {
                Reading reading = before.getOrDefault(server.address(), new Reading());
                reading.figures = server.figures();
                now.put(server.address(), reading);
            }
        }
        readings = now;
        if (!now.keySet().equals(before.keySet())) {
            onOthers.run();
        }
    }
}
