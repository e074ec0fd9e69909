package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.Decision.Basis;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitExceededExceptionTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static Decision denial(Duration wait) {
        Limit orders = new Limit("orders", 10, Duration.ofMinutes(1));
        Limit all = new Limit("all", 1_000, Duration.ofMillis(1_500));
        QuotaUse full = new QuotaUse(orders.of("anna@example.org"), 10, NOW, NOW.plusSeconds(60), wait);
        QuotaUse open = new QuotaUse(all.forAll(), 3, NOW, NOW.plusSeconds(2), Duration.ZERO);
        return new Decision(false, Basis.COUNTED, List.of(full, open), wait);
    }

    @Test
    void text_namesLimitsAndWait_andNoKey() {
        RateLimitExceededException refusal = new RateLimitExceededException(denial(Duration.ofMillis(12_001)));

        assertThat(refusal).hasMessage("Rate limit exceeded: orders allows 10 in 60 s; try again in 13 s");
        assertThat(refusal.violated())
                .extracting(use -> use.quota().limit().name())
                .containsExactly("orders");
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(12_001));
    }

    @Test
    void text_shortWait_hasItsFraction() {
        assertThat(new RateLimitExceededException(denial(Duration.ofMillis(250))))
                .hasMessageEndingWith("try again in 0.25 s");
    }

    @Test
    void text_inAnOutage_saysSo() {
        Decision closed = new Decision(false, Basis.OUTAGE, List.of(), Duration.ofSeconds(1));

        assertThat(new RateLimitExceededException(closed))
                .hasMessage(
                        "Requests cannot be counted at the moment, and their limits refuse them then; try again in 1.0 s");
    }

    @Test
    void ofWhatWasAdmitted_isRefused() {
        Decision admitted = new Decision(true, Basis.COUNTED, List.of(), Duration.ZERO);

        assertThatThrownBy(() -> new RateLimitExceededException(admitted)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decision_goesOverTheWire() throws Exception {
        RateLimitExceededException refusal = new RateLimitExceededException(denial(Duration.ofSeconds(3)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refusal);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            RateLimitExceededException read = (RateLimitExceededException) in.readObject();
            assertThat(read.decision()).isEqualTo(refusal.decision());
            assertThat(read).hasMessage(refusal.getMessage());
        }
    }
}
