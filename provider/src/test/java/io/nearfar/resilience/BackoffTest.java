package io.nearfar.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"0, 50", "1, 50", "2, 100", "3, 200", "4, 400", "5, 800", "6, 1000", "31, 1000", "2000000000, 1000"})
    void nanos_afterFailures_doublesUpToTheLongest(int failures, long nanos) {
        assertThat(new Backoff(50, 1_000, () -> 1).nanos(failures)).isEqualTo(nanos);
    }

    @Test
    void nanos_isBetweenHalfAndAll() {
        assertThat(new Backoff(100, 1_000, () -> 0).nanos(1)).isEqualTo(50);
        assertThat(new Backoff(100, 1_000, () -> 0.5).nanos(1)).isEqualTo(75);
    }

    @Test
    void nanos_ofLongFirstWait_doesNotOverflow() {
        long hour = 3_600_000_000_000L;
        assertThat(new Backoff(hour, 2 * hour, () -> 1).nanos(60)).isEqualTo(2 * hour);
    }
}
