package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AttemptsTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Attempts attempts = new Attempts(nanos::get);
    private final AtomicInteger tried = new AtomicInteger();

    @Test
    void make_whileAnotherThreadTries_doesNothingAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> attempts.make(() -> {
            begun.countDown();
            waitFor(goOn);
        }));
        waitFor(begun);

        attempts.make(tried::incrementAndGet);
        assertThat(other).isNotDone();
        assertThat(tried).hasValue(0);

        goOn.countDown();
        other.get(60, TimeUnit.SECONDS);
        attempts.make(tried::incrementAndGet);
        assertThat(tried).hasValue(1);
    }

    @Test
    void make_afterAFailure_doesNothingForHalfAMinute() {
        IllegalStateException failure = new IllegalStateException("closed");
        assertThatThrownBy(() -> attempts.make(() -> {
                    throw failure;
                }))
                .isSameAs(failure);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(30) - 1);
        attempts.make(tried::incrementAndGet);
        assertThat(tried).hasValue(0);
        nanos.addAndGet(1);
        attempts.make(tried::incrementAndGet);
        attempts.make(tried::incrementAndGet);
        assertThat(tried).hasValue(2);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
