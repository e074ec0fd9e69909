package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long UNTIL = 50 * MILLI;

    private long now;

    /** Has no result when it is asked first, while the process may stand still; has none later either. */
    private class Never extends CompletableFuture<String> {
        private final long stall;
        private int questions;

        private Never(long stall) {
            this.stall = stall;
        }

        @Override
        public String get(long time, TimeUnit unit) throws TimeoutException {
            questions++;
            now += unit.toNanos(time) + (questions == 1 ? stall : 0);
            throw new TimeoutException();
        }
    }

    /** Has one when it is asked for the second time. */
    private final class Slow extends Never {
        private Slow(long stall) {
            super(stall);
        }

        @Override
        public String get(long time, TimeUnit unit) throws TimeoutException {
            return super.questions == 0 ? super.get(time, unit) : "read late";
        }
    }

    @Test
    void whoStoodStill_looksOnceMore() throws Exception {
        assertThat(Waiting.get(new Slow(60 * MILLI), UNTIL, () -> now)).isEqualTo("read late");
    }

    @Test
    void whoWakesInTime_doesNot() {
        Never slow = new Never(MILLI);
        assertThatThrownBy(() -> Waiting.get(slow, UNTIL, () -> now)).isInstanceOf(TimeoutException.class);
        assertThat(slow.questions).isOne();
    }

    @Test
    void whoStoodStill_looksNoOftenerThanThat() {
        Never never = new Never(60 * MILLI);
        assertThatThrownBy(() -> Waiting.get(never, UNTIL, () -> now)).isInstanceOf(TimeoutException.class);
        assertThat(never.questions).isEqualTo(2);
    }

    /** They have one deadline, and none of them answers: the second looks must not add up. */
    @Test
    void whoWaitsForMany_isHardlyLaterThanWhoWaitsForOne() {
        for (int i = 0; i < 64; i++) {
            Never each = new Never(i == 0 ? 60 * MILLI : 0);
            assertThatThrownBy(() -> Waiting.get(each, UNTIL, () -> now)).isInstanceOf(TimeoutException.class);
        }
        assertThat(now).isLessThan(UNTIL + 70 * MILLI);
    }

    /** What came while another was waited for is taken. */
    @Test
    void whoBeginsTooLate_takesWhatIsThere() throws Exception {
        now = 2 * UNTIL;
        assertThat(Waiting.get(CompletableFuture.completedFuture("there"), UNTIL, () -> now))
                .isEqualTo("there");
    }
}
