package io.nearfar.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nearfar.Distribution;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = Histogram.ofMilliseconds();

    @Test
    void bounds_areThoseOfTheUsualDashboards_inSeconds() {
        assertThat(histogram.read().bounds())
                .containsExactly(0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0);
    }

    @Test
    void nothing_isThereBeforeTheFirst() {
        assertThat(histogram.read().count()).isZero();
        assertThat(histogram.read().sum()).isZero();
        assertThat(histogram.read().counts()).hasSize(12);
    }

    @Test
    void time_fallsIntoTheBucketThatEndsThere_orTheNextOne() {
        histogram.record(TimeUnit.MILLISECONDS.toNanos(5));
        histogram.record(TimeUnit.MILLISECONDS.toNanos(5) + 1);
        histogram.record(TimeUnit.SECONDS.toNanos(7));
        histogram.record(-3);
        Distribution read = histogram.read();
        assertThat(read.counts()).containsExactly(1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
        assertThat(read.count()).isEqualTo(4);
        assertThat(read.sum()).isCloseTo(7.010000001, within(1e-12));
    }

    @Test
    void weight_standsForSoMany() {
        histogram.record(TimeUnit.MILLISECONDS.toNanos(2), 64);
        assertThat(histogram.read().count()).isEqualTo(64);
        assertThat(histogram.read().sum()).isCloseTo(0.128, within(1e-12));
    }
}
