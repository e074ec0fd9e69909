package io.nearfar.fault.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.history.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sure is found, and what is not sure is not. */
class WindowCheckerTest {
    private static final long WINDOW = 1_000;

    private final List<Admission> admissions = new ArrayList<>();
    private final List<Span> losses = new ArrayList<>();

    private void admit(long sent, long received, long permits) {
        admissions.add(new Admission(new Span(sent, received), permits, 1));
    }

    private boolean isFound() {
        return new WindowChecker(WINDOW, losses).violation(admissions).isPresent();
    }

    @Test
    void oneMoreThanTheLimit_withinAWindow_isFound() {
        admit(0, 10, 2);
        admit(500, 510, 2);
        assertThat(isFound()).isFalse();
        admit(980, 999, 2);
        assertThat(isFound()).isTrue();
        assertThat(new WindowChecker(WINDOW, losses).violation(admissions))
                .hasValue("3 permits of 2 within 0 of 1 µs, and 0 losses");
    }

    /** It may have happened a window after the first. */
    @Test
    void answerThatComesAfterTheWindow_provesNothing() {
        admit(0, 10, 2);
        admit(500, 510, 2);
        admit(980, 1_000, 2);
        assertThat(isFound()).isFalse();
    }

    /** The order of calls says nothing about that of answers. */
    @Test
    void windowThatBeginsInTheMiddle_isFound() {
        admit(0, 2_000, 2);
        admit(900, 1_500, 2);
        admit(1_000, 1_100, 2);
        admit(800, 1_200, 2);
        assertThat(isFound()).isTrue();
    }

    @Test
    void costs_count() {
        admissions.add(new Admission(new Span(0, 10), 5, 3));
        admissions.add(new Admission(new Span(20, 30), 5, 3));
        assertThat(isFound()).isTrue();
    }

    @Test
    void loss_excusesTheLimitOnceMore() {
        losses.add(new Span(150, 160));
        for (int i = 0; i < 4; i++) {
            admit(100 * i, 100 * i + 10, 2);
        }
        assertThat(isFound()).isFalse();
        admit(900, 910, 2);
        assertThat(isFound()).isTrue();
    }

    @Test
    void lossBefore_excusesNothing() {
        losses.add(new Span(0, 90));
        admit(100, 110, 2);
        admit(200, 210, 2);
        admit(300, 310, 2);
        assertThat(isFound()).isTrue();
    }

    /** Who knows the lower limit admits no more than that on top of what others were admitted by the higher one. */
    @Test
    void limitThatWasLowered_isHeldByWhoKnowsIt() {
        admit(0, 10, 3);
        admit(100, 110, 3);
        admit(200, 210, 3);
        assertThat(isFound()).isFalse();
        admit(205, 300, 2);
        assertThat(isFound()).as("four within a window, whoever is the last").isTrue();
        admissions.remove(2);
        assertThat(isFound()).as("after two of them").isTrue();
        admissions.remove(1);
        assertThat(isFound()).isFalse();
    }
}
