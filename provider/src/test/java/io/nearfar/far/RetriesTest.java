package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.resilience.Backoff;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Retries retries = new Retries(() -> time(), this::pause, new Backoff(SECOND / 10, SECOND, () -> 1));
    private long now;
    private int asked;

    private long time() {
        return now;
    }

    private void pause(long nanos) {
        now += nanos;
    }

    /** A server that answers from that instant on. */
    private Supplier<String> answeringFrom(long instant) {
        return () -> {
            asked++;
            if (now - instant < 0) {
                throw new FarTierUnavailableException("no answer at " + now);
            }
            return "answer";
        };
    }

    private String ask(Supplier<String> server) {
        return retries.answer(server, server);
    }

    @Test
    void answer_thatComesAtOnce_takesNoTime() {
        assertThat(ask(answeringFrom(0))).isEqualTo("answer");
        assertThat(now).isZero();
    }

    @Test
    void server_thatIsSilentForAMoment_isAskedAgain() {
        assertThat(ask(answeringFrom(4 * SECOND))).isEqualTo("answer");
        assertThat(now).isBetween(4 * SECOND, 5 * SECOND);
        assertThat(asked).isBetween(5, 10);
    }

    @Test
    void server_thatStaysSilent_isGivenUp_withItsLastAnswer() {
        assertThatThrownBy(() -> ask(answeringFrom(Long.MAX_VALUE)))
                .isInstanceOf(FarTierUnavailableException.class)
                .hasMessage("no answer at " + now);
        assertThat(now).isBetween(Retries.MOST_AT_ONCE, Retries.MOST_AT_ONCE + SECOND);
    }

    @Test
    void anotherQuestion_isAskedAfterAFailure() {
        assertThat(retries.answer(answeringFrom(SECOND), () -> "other")).isEqualTo("other");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void silences_areBoundedInAll() {
        for (int i = 0; i < 6; i++) {
            assertThat(ask(answeringFrom(now + 4 * SECOND))).isEqualTo("answer");
        }
        assertThatThrownBy(() -> ask(answeringFrom(now + 4 * SECOND))).isInstanceOf(FarTierUnavailableException.class);
        assertThat(now).isLessThan(Retries.MOST_IN_ALL + 3 * SECOND);
        asked = 0;
        assertThatThrownBy(() -> ask(answeringFrom(now + 1))).isInstanceOf(FarTierUnavailableException.class);
        assertThat(asked).as("once, and not again").isEqualTo(1);
    }
}
