package io.nearfar.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.resilience.Breaker.Permit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 120); // nanoTime may wrap
    private final Breaker breaker = new Breaker(now::get, new Backoff(100, 400, () -> 1));

    @Test
    void enter_whenClosed_isACall() {
        assertThat(breaker.enter()).isEqualTo(Permit.CALL);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.openings()).isZero();
    }

    @Test
    void failed_opensOnceAndKeepsCallsAway() {
        assertThat(breaker.failed(Permit.CALL)).isTrue();
        assertThat(breaker.failed(Permit.CALL)).isFalse();
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.openings()).isOne();
        now.addAndGet(99);
        assertThat(breaker.enter()).isEqualTo(Permit.NONE);
    }

    @Test
    void enter_afterTheWait_letsOneProbe() {
        breaker.failed(Permit.CALL);
        now.addAndGet(100);
        assertThat(breaker.enter()).isEqualTo(Permit.PROBE);
        assertThat(breaker.enter()).isEqualTo(Permit.NONE);
    }

    @Test
    void enter_afterAProbeThatNeverReported_letsAnother() {
        breaker.failed(Permit.CALL);
        now.addAndGet(100);
        breaker.enter();
        now.addAndGet(100);
        assertThat(breaker.enter()).isEqualTo(Permit.PROBE);
    }

    @Test
    void succeeded_byProbe_closesAndTellsHowLong() {
        breaker.failed(Permit.CALL);
        now.addAndGet(150);
        assertThat(breaker.succeeded(breaker.enter())).isEqualTo(150);
        assertThat(breaker.enter()).isEqualTo(Permit.CALL);
        assertThat(breaker.succeeded(Permit.PROBE)).isNegative();
    }

    /** A call that was under way when the breaker opened proves nothing of the time since. */
    @Test
    void succeeded_byOlderCall_leavesItOpen() {
        breaker.failed(Permit.CALL);
        assertThat(breaker.succeeded(Permit.CALL)).isNegative();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void failed_byProbes_waitsLongerUpToTheLongest() {
        breaker.failed(Permit.CALL);
        now.addAndGet(100);
        for (long wait : new long[] {200, 400, 400, 400}) {
            assertThat(breaker.enter()).isEqualTo(Permit.PROBE);
            assertThat(breaker.failed(Permit.PROBE)).isFalse();
            now.addAndGet(wait - 1);
            assertThat(breaker.enter()).isEqualTo(Permit.NONE);
            now.addAndGet(1);
        }
        assertThat(breaker.openings()).isOne();
    }

    @Test
    void failed_afterRecovery_waitsShortAgain() {
        breaker.failed(Permit.CALL);
        now.addAndGet(100);
        breaker.failed(breaker.enter());
        now.addAndGet(200);
        breaker.succeeded(breaker.enter());
        breaker.failed(Permit.CALL);
        assertThat(breaker.openings()).isEqualTo(2);
        now.addAndGet(100);
        assertThat(breaker.enter()).isEqualTo(Permit.PROBE);
    }
}
