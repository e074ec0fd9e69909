package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.resilience.Backoff;
import org.junit.jupiter.api.Test;

class SetbacksTest {
    private final Setbacks setbacks = new Setbacks(() -> time(), new Backoff(10, 60, () -> 1));
    private long now = -5;

    private long time() {
        return now;
    }

    @Test
    void attempts_comeLaterEachTime() {
        assertThat(setbacks.areOver()).isTrue();
        for (long wait : new long[] {10, 20, 40, 60, 60}) {
            setbacks.add();
            now += wait - 1;
            assertThat(setbacks.areOver()).isFalse();
            now++;
            assertThat(setbacks.areOver()).isTrue();
        }
    }

    @Test
    void failures_areToldOnceForAllInARow_andNotTheFirst() {
        assertThat(setbacks.add()).isFalse();
        assertThat(setbacks.add()).isTrue();
        assertThat(setbacks.add()).isFalse();
        setbacks.end();
        assertThat(setbacks.areOver()).isTrue();
        assertThat(setbacks.add()).isFalse();
        assertThat(setbacks.add()).isTrue();
    }
}
