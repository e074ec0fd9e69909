package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RenewalTest {
    private long now = Long.MAX_VALUE - 1_000_000_000L; // nanoTime may wrap
    private final Renewal renewal = new Renewal(now);

    private boolean isDueAfter(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        return renewal.isDue(now);
    }

    @Test
    void isDue_first_atOnce() {
        assertThat(isDueAfter(0)).isTrue();
        assertThat(isDueAfter(0)).isFalse();
    }

    @Test
    void isDue_whereItDoesNotHelp_everMoreSeldomUpToFiveMinutes() {
        isDueAfter(0);
        for (int wait : new int[] {5, 10, 20, 40, 80, 160, 300, 300, 300}) {
            assertThat(isDueAfter(wait - 1)).as("after %d s", wait - 1).isFalse();
            assertThat(isDueAfter(1)).as("after %d s", wait).isTrue();
        }
    }

    @Test
    void isDue_afterAQuietWhile_soonAgain() {
        isDueAfter(0);
        isDueAfter(5);
        assertThat(isDueAfter(100)).isTrue();
        assertThat(isDueAfter(5)).isTrue();
    }
}
