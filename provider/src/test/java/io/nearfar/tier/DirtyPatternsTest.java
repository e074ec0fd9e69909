package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.key.Glob;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirtyPatternsTest {
    private final DirtyPatterns patterns = new DirtyPatterns();

    @Test
    void key_thatMatches_isOwedOnce() {
        patterns.note(Glob.of("a*"), 1);
        assertThat(patterns.isPending("a1")).isTrue();
        assertThat(patterns.isPending("b1")).isFalse();
        assertThat(patterns.begin("b1")).isFalse();
        assertThat(patterns.begin("a1")).isTrue();
        assertThat(patterns.begin("a1")).isFalse();
        assertThat(patterns.isPending("a1")).isFalse();
        assertThat(patterns.isPending("a2")).isTrue();
    }

    /** What was settled for the first may have been written since. */
    @Test
    void key_thatIsInvalidatedAgain_isOwedAgain() {
        patterns.note(Glob.of("a*"), 1);
        patterns.note(Glob.of("b*"), 2);
        patterns.begin("a1");
        patterns.begin("b1");
        patterns.note(Glob.of("?1"), 3);
        assertThat(patterns.isPending("a1")).isTrue();
        patterns.begin("a1");
        patterns.note(Glob.of("a*"), 4);
        assertThat(patterns.isPending("a1")).isTrue();
        assertThat(patterns.isPending("b1")).isTrue();
    }

    @Test
    void pattern_thatIsNotedAgainWhileItIsMade_stays() {
        patterns.note(Glob.of("a*"), 1);
        patterns.note(Glob.of("b*"), 2);
        Map<Glob, Long> begun = patterns.begin();
        patterns.note(Glob.of("a*"), 3);
        patterns.made(begun);
        assertThat(patterns.isPending("a1")).isTrue();
        assertThat(patterns.isPending("b1")).isFalse();
        patterns.made(patterns.begin());
        assertThat(patterns.isEmpty()).isTrue();
        assertThat(patterns.settled()).isZero();
    }

    @Test
    void clear_coversWhatWasNotedBeforeIt() {
        patterns.note(Glob.of("a*"), 1);
        patterns.note(Glob.of("b*"), 3);
        patterns.cleared(2);
        assertThat(patterns.isPending("a1")).isFalse();
        assertThat(patterns.isPending("b1")).isTrue();
    }

    @Test
    void tooManyPatterns_haveNoRoom() {
        for (int i = 0; i < 100; i++) {
            assertThat(patterns.note(Glob.of("p" + i), i)).isTrue();
        }
        assertThat(patterns.note(Glob.of("p"), 100)).isFalse();
        assertThat(patterns.note(Glob.of("p5"), 101)).isTrue();
    }
}
