package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.CacheHealth;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MasterClockTest {
    private static final long SERVER = 1_763_700_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(1_000_000);
    private final MasterClock clock = new MasterClock(nanos::get);

    /** Asks, and is answered after {@code tripMicros}. */
    private void sample(long tripMicros, long serverMicros) {
        long asked = nanos.get();
        clock.learn(asked, nanos.addAndGet(tripMicros * 1000), serverMicros);
    }

    @Test
    void earliest_beforeAnySample_throwsWithText() {
        assertThat(clock.isKnown()).isFalse();
        assertThatThrownBy(clock::earliest)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clock");
    }

    @Test
    void bounds_spanTheTrip() {
        sample(300, SERVER);
        assertThat(clock.isKnown()).isTrue();
        assertThat(clock.earliest()).isEqualTo(SERVER);
        assertThat(clock.latest()).isEqualTo(SERVER + 300);
        nanos.addAndGet(50_000);
        assertThat(clock.earliest()).isEqualTo(SERVER + 50);
        assertThat(clock.latest()).isEqualTo(SERVER + 350);
    }

    @Test
    void learn_shorterTrip_takesItsPlace() {
        sample(300, SERVER);
        sample(100, SERVER + 350);
        assertThat(clock.earliest()).isEqualTo(SERVER + 350);
        assertThat(clock.latest()).isEqualTo(SERVER + 450);
    }

    @Test
    void learn_longerTripThatAgrees_changesNothing() {
        sample(100, SERVER);
        sample(5_000, SERVER + 2_000);
        assertThat(clock.earliest()).isEqualTo(SERVER + 5_000);
        assertThat(clock.latest()).isEqualTo(SERVER + 5_100);
    }

    @Test
    void learn_longerTripAfterHalfAMinute_takesItsPlace() {
        sample(100, SERVER);
        nanos.addAndGet(31_000_000_000L);
        sample(5_000, SERVER + 31_002_000);
        assertThat(clock.earliest()).isEqualTo(SERVER + 31_002_000);
    }

    @Test
    void learn_clockSetForward_takesItsPlace() {
        sample(100, SERVER);
        sample(200, SERVER + 10_000_000);
        assertThat(clock.earliest()).isEqualTo(SERVER + 10_000_000);
    }

    @Test
    void learn_clockSetBack_takesItsPlace() {
        sample(100, SERVER);
        sample(200, SERVER - 10_000_000);
        assertThat(clock.earliest()).isEqualTo(SERVER - 10_000_000);
    }

    @Test
    void beside_anotherClock_isMeasuredFromTheMiddleOfTheTrip() {
        assertThat(clock.beside(SERVER)).isNull();
        sample(300, SERVER);
        nanos.addAndGet(50_000);
        CacheHealth.Clock ahead = clock.beside(SERVER - 1_000);
        assertThat(ahead.roundTrip()).isEqualTo(Duration.ofNanos(300_000));
        assertThat(ahead.offset()).isEqualTo(Duration.ofNanos(1_200_000));
        assertThat(clock.beside(SERVER + 1_200).offset()).isEqualTo(Duration.ofNanos(-1_000_000));
    }
}
