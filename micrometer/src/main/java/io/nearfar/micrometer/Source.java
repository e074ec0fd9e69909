package io.nearfar.micrometer;

import io.nearfar.Distribution;
import io.nearfar.Meter;
import org.jspecify.annotations.Nullable;

/** What a meter of a registry reads: that of the manager which is there now. Registries of Micrometer hold it weakly. */
final class Source {
    private volatile Meter meter;

    Source(Meter meter) {
        this.meter = meter;
    }

    /** Has it read another one from now on: the cache was closed and opened again. */
    void read(Meter another) {
        meter = another;
    }

    double value() {
        return meter.value();
    }

    /** Returns how many numbers a histogram has counted. */
    long count() {
        return (long) meter.value();
    }

    /** Returns the sum of all numbers that a histogram has counted. */
    double sum() {
        Distribution now = meter.distribution();
        return now == null ? 0 : now.sum();
    }

    /** Returns what a histogram has counted; null if this is none. */
    @Nullable
    Distribution distribution() {
        return meter.distribution();
    }
}
