package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long UNTIL = 50 * MILLI;
    private static final long LOOK = 5 * MILLI;

    /** A timer is never exact. */
    private static final long TIMER = MILLI / 10;

    private long now;
    private final Waiting waiting = new Waiting(() -> now);

    /** Its answer lies unread while the process stands still, at the end of the first waits; then it is read, or there is none. */
    private final class Asked extends CompletableFuture<String> {
        private final boolean isAnswered;
        private final long[] stalls;
        private int waits;

        private Asked(boolean isAnswered, long... stalls) {
            this.isAnswered = isAnswered;
            this.stalls = stalls;
        }

        @Override
        public String get(long time, TimeUnit unit) throws TimeoutException {
            now += unit.toNanos(time);
            if (waits == stalls.length && isAnswered) {
                complete("read late");
                return "read late";
            }
            now += waits < stalls.length ? stalls[waits] : TIMER;
            waits++;
            throw new TimeoutException();
        }
    }

    private Asked answeredAfter(long... stalls) {
        return new Asked(true, stalls);
    }

    private Asked silent(long... stalls) {
        return new Asked(false, stalls);
    }

    private String result(CompletableFuture<String> future) throws Exception {
        return waiting.result(future, UNTIL);
    }

    private void assertSilent(Asked future) {
        assertThatThrownBy(() -> result(future)).isInstanceOf(TimeoutException.class);
    }

    /** For so long over each of the two waits that make one: until shortly before its end, and until that. */
    @ParameterizedTest
    @CsvSource({"0, 60", "60, 0", "4, 0", "0, 3", "3, 3"})
    void whoStoodStill_readsWhatCameMeanwhile(long first, long second) throws Exception {
        assertThat(result(answeredAfter(first * MILLI, second * MILLI))).isEqualTo("read late");
    }

    @Test
    void whoWakesInTime_goesAtOnce() {
        assertSilent(silent(MILLI, MILLI));
        assertThat(now).isEqualTo(UNTIL + MILLI);
    }

    @Test
    void whoStoodStill_looksOnce() {
        assertSilent(silent(0, 60 * MILLI));
        assertThat(now).isEqualTo(UNTIL + 60 * MILLI + LOOK + TIMER);
    }

    /** They have one deadline, and none of them answers: the looks must not add up. */
    @ParameterizedTest
    @CsvSource({"0, 0", "60, 5"})
    void whoWaitsForMany_isHardlyLaterThanWhoWaitsForOne(long stall, long look) {
        assertSilent(silent(0, stall * MILLI));
        for (int i = 1; i < 64; i++) {
            assertSilent(silent());
        }
        assertThat(now).isBetween(UNTIL + (stall + look) * MILLI, UNTIL + (stall + look) * MILLI + MILLI);
    }

    /** The process stood still after it had asked several, of which the first has been read by the time it waits for that. */
    @Test
    void whoStoodStillBeforeItWaits_readsWhatCameMeanwhile() throws Exception {
        now = UNTIL + 60 * MILLI;
        assertThat(result(CompletableFuture.completedFuture("there"))).isEqualTo("there");
        assertThat(result(answeredAfter())).isEqualTo("read late");
    }

    @Test
    void whoStoodStillBeforeItWaits_looksOnceForAll() {
        now = UNTIL + 60 * MILLI;
        assertSilent(silent());
        assertSilent(silent());
        assertThat(now).isEqualTo(UNTIL + 60 * MILLI + LOOK + TIMER);
    }

    /** The one that is silent has taken all of the time, and the process ran: what came is there. */
    @Test
    void whoHasWaitedForAnother_takesWhatIsThere() throws Exception {
        assertSilent(silent());
        long later = now;
        assertThat(result(CompletableFuture.completedFuture("there"))).isEqualTo("there");
        assertSilent(silent());
        assertThat(now).isEqualTo(later);
    }

    @Test
    void failure_isToldByItsCause() {
        IllegalStateException cause = new IllegalStateException("refused");
        assertThatThrownBy(() -> result(CompletableFuture.failedFuture(cause)))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(cause);
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        assertThatThrownBy(() -> result(cancelled)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void interrupt_isKeptForLater() throws Exception {
        Thread.currentThread().interrupt();
        CompletableFuture<String> slow = new CompletableFuture<>();
        slow.completeOnTimeout("there", 1, TimeUnit.MILLISECONDS);
        String result = Waiting.get(slow, System.nanoTime() + TimeUnit.SECONDS.toNanos(30));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isEqualTo("there");
    }
}
