package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CautionTest {
    private final Caution caution = new Caution();

    private int readsUntilCalm() {
        int reads = 0;
        while (caution.isDue()) {
            caution.taken();
            reads++;
        }
        return reads;
    }

    @Test
    void smallEntries_needNoCaution() {
        assertThat(caution.isLarge(Caution.LARGE)).isFalse();
        assertThat(caution.isDue()).isFalse();
        caution.taken();
        assertThat(caution.isDue()).isFalse();
    }

    @Test
    void largeEntry_isRememberedForSomeReads() {
        assertThat(caution.isLarge(Caution.LARGE + 1)).isTrue();
        caution.taken();
        assertThat(caution.isLarge(10)).isFalse();
        assertThat(readsUntilCalm()).isEqualTo(999);
    }

    /** Nobody knows yet what they come to; one entry alone is asked for at once. */
    @Test
    void manyEntries_beforeAnyWasMet_needCaution() {
        assertThat(caution.isDue(2)).isTrue();
        assertThat(caution.isDue(1)).isFalse();
    }

    @Test
    void manyEntries_needCautionIfTheyComeToMuchTogether() {
        caution.met(100);
        assertThat(caution.isDue(1_000)).isFalse();
        assertThat(caution.isDue(1_000_000)).as("however many they are").isFalse();
        for (int i = 0; i < 50; i++) {
            caution.met(300_000);
        }
        assertThat(caution.isDue(3)).isFalse();
        assertThat(caution.isDue(4)).isTrue();
        for (int i = 0; i < 100; i++) {
            caution.met(100);
        }
        assertThat(caution.isDue(1_000)).isFalse();
    }

    /** Silence says less than a large entry does: it does not shorten what that has begun. */
    @Test
    void silence_isRememberedForFewer() {
        caution.unanswered();
        assertThat(readsUntilCalm()).isEqualTo(100);
        caution.isLarge(Caution.LARGE + 1);
        caution.unanswered();
        assertThat(readsUntilCalm()).isEqualTo(1_000);
    }
}
