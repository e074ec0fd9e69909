package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the desk remembers of denials, and how that is held against what is counted elsewhere. */
class RememberedDenialsTest extends DeskBench {
    /** A key that is asked for all the time is asked about now and then; nobody waits for that, and it charges nothing. */
    @Test
    void denial_isAskedAboutInTheBackground() {
        desk.decide(List.of(USER.of("a")), 2);
        Instant end = Instant.EPOCH.plusNanos(nanos.get()).plusSeconds(10);
        desk.decide(USER.of("a"));
        int before = asked.get();
        for (int i = 0; i < 900; i++) {
            pass(Duration.ofMillis(10));
            int questions = asked.get();
            Decision decision = desk.decide(USER.of("a"));
            assertThat(decision.basis()).isEqualTo(Basis.REMEMBERED);
            assertThat(Instant.EPOCH.plusNanos(nanos.get()).plus(decision.retryAfter()))
                    .isBetween(end.minusMillis(2), end.plusMillis(2));
            assertThat(asked).hasValue(questions);
            doLater();
        }
        assertThat(asked.get() - before).isBetween(9, 11);
        pass(desk.decide(USER.of("a")).retryAfter());
        assertThat(desk.decide(List.of(USER.of("a")), 2).admitted()).isTrue();
    }

    /** Nobody knows what became of it meanwhile, so whoever comes then asks. */
    @Test
    void denial_thatNobodyAskedFor_isRememberedForASecond() {
        desk.decide(List.of(USER.of("a")), 2);
        desk.decide(USER.of("a"));
        int before = asked.get();
        pass(Duration.ofMillis(790));
        assertThat(desk.decide(USER.of("a")).basis()).isEqualTo(Basis.REMEMBERED);
        pass(Duration.ofMillis(210));
        assertThat(desk.decide(USER.of("a")).basis()).isEqualTo(Basis.COUNTED);
        assertThat(asked).hasValue(before + 1);
        assertThat(later).isEmpty();
    }

    /** The question is slow to be put; what is denied is denied until there is room, and not an instant longer. */
    @Test
    void denial_thatWaitsForItsQuestion_holdsUntilThereIsRoom() {
        desk.decide(List.of(USER.of("a")), 2);
        desk.decide(USER.of("a"));
        for (int i = 0; i < 92; i++) {
            assertThat(desk.decide(USER.of("a")).basis()).isEqualTo(Basis.REMEMBERED);
            pass(desk.decide(USER.of("a")).retryAfter().dividedBy(20));
        }
        pass(desk.decide(USER.of("a")).retryAfter());
        assertThat(desk.decide(List.of(USER.of("a")), 2).admitted()).isTrue();
        int before = asked.get();
        doLater();
        assertThat(asked).hasValue(before);
        assertThat(later).isEmpty();
    }

    /** Somebody else resets a key that is asked for all the time. */
    @Test
    void reset_elsewhere_isSeenWithinASecond() {
        desk.decide(List.of(USER.of("a")), 2);
        desk.decide(USER.of("a"));
        elsewhere.reset(USER.of("a"));
        long reset = nanos.get();
        while (!desk.decide(USER.of("a")).admitted()) {
            pass(Duration.ofMillis(10));
            doLater();
        }
        assertThat(Duration.ofNanos(nanos.get() - reset)).isLessThan(Duration.ofSeconds(1));
    }

    /** The answer of before the reset arrives after it. */
    @Test
    void reset_whileItIsAskedInTheBackground_isNotUndoneByTheAnswer() {
        doubtDenialOf("a");
        meanwhile = () -> desk.reset(USER.of("a"));
        doLater();
        meanwhile = () -> {};
        assertThat(desk.decide(USER.of("a")).admitted()).isTrue();
    }

    /** Has a key denied, and somebody notice that this is a while ago. */
    private void doubtDenialOf(String key) {
        desk.decide(List.of(USER.of(key)), 2);
        desk.decide(USER.of(key));
        pass(Duration.ofMillis(900));
        assertThat(desk.decide(USER.of(key)).basis()).isEqualTo(Basis.REMEMBERED);
        assertThat(later).hasSize(1);
    }

    /** Who is asked does not answer: then it is the policy's, as for a key that nobody remembers. */
    @Test
    void denial_ofWhichNobodyKnowsInAnOutage_isLeftToThePolicy() {
        doubtDenialOf("a");
        out = true;
        doLater();
        Decision decision = desk.decide(USER.of("a"));
        assertThat(decision.basis()).isEqualTo(Basis.OUTAGE);
        assertThat(decision.admitted()).isTrue();
        assertThat(desk.peek(USER.of("a")).basis()).isEqualTo(Basis.OUTAGE);
    }
}
