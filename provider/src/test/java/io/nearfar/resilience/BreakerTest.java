package io.nearfar.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 120); // nanoTime may wrap
    private final Breaker breaker = new Breaker(now::get, new Backoff(100, 400, () -> 1));

    @Test
    void new_isClosedAndAdmitsProbes() {
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.admitsProbe()).isTrue();
        assertThat(breaker.openings()).isZero();
    }

    @Test
    void failed_opensOnce() {
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.openings()).isOne();
    }

    @Test
    void admitsProbe_whileOpen_onlyAfterTheWait() {
        breaker.failed();
        now.addAndGet(99);
        assertThat(breaker.admitsProbe()).isFalse();
        now.addAndGet(1);
        assertThat(breaker.admitsProbe()).isTrue();
    }

    /** Calls that fail while the breaker is open were sent before: they prove nothing and lengthen no wait. */
    @Test
    void failed_whileOpen_lengthensNoWait() {
        breaker.failed();
        now.addAndGet(50);
        breaker.failed();
        now.addAndGet(50);
        assertThat(breaker.admitsProbe()).isTrue();
    }

    @Test
    void answered_probe_closesAndTellsHowLong() {
        breaker.failed();
        now.addAndGet(150);
        assertThat(breaker.answered(now.get() - 20)).isEqualTo(150);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.answered(now.get())).isNegative();
    }

    @Test
    void answered_sentBeforeItOpened_leavesItOpen() {
        breaker.failed();
        now.addAndGet(10);
        assertThat(breaker.answered(now.get() - 11)).isNegative();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void failedProbe_waitsLongerUpToTheLongest() {
        breaker.failed();
        now.addAndGet(100);
        for (long wait : new long[] {200, 400, 400, 400}) {
            assertThat(breaker.failedProbe()).isFalse();
            now.addAndGet(wait - 1);
            assertThat(breaker.admitsProbe()).isFalse();
            now.addAndGet(1);
            assertThat(breaker.admitsProbe()).isTrue();
        }
        assertThat(breaker.openings()).isOne();
    }

    @Test
    void failedProbe_whenClosed_opens() {
        assertThat(breaker.failedProbe()).isTrue();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void failed_afterRecovery_waitsShortAgain() {
        breaker.failed();
        now.addAndGet(100);
        breaker.failedProbe();
        now.addAndGet(200);
        breaker.answered(now.get());
        breaker.failed();
        assertThat(breaker.openings()).isEqualTo(2);
        now.addAndGet(100);
        assertThat(breaker.admitsProbe()).isTrue();
    }
}
