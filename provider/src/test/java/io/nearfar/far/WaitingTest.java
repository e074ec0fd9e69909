package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WaitingTest {
    /** Has no result when it is asked first, and has one then. */
    private static final class Slow extends CompletableFuture<String> {
        private int questions;

        @Override
        public String get(long time, TimeUnit unit) throws TimeoutException {
            questions++;
            if (questions == 1) {
                throw new TimeoutException();
            }
            return "read late";
        }
    }

    /** The process stood still: its time is long up before it has looked. */
    @Test
    void whoStoodStill_looksOnceMore() throws Exception {
        Slow slow = new Slow();
        assertThat(Waiting.get(slow, System.nanoTime() - TimeUnit.SECONDS.toNanos(1)))
                .isEqualTo("read late");
    }

    @Test
    void whoWakesInTime_doesNot() {
        Slow slow = new Slow();
        assertThatThrownBy(() -> Waiting.get(slow, System.nanoTime() + TimeUnit.HOURS.toNanos(1)))
                .isInstanceOf(TimeoutException.class);
        assertThat(slow.questions).isOne();
    }

    @Test
    void whoStoodStill_looksNoOftenerThanThat() {
        CompletableFuture<String> never = new CompletableFuture<>();
        assertThatThrownBy(() -> Waiting.get(never, System.nanoTime() - TimeUnit.SECONDS.toNanos(1)))
                .isInstanceOf(TimeoutException.class);
    }
}
