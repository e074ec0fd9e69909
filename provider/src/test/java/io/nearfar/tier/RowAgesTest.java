package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RowAgesTest {
    private final RowAges ages = new RowAges();

    private static OutageRow row(String id, long number) {
        return new OutageRow(id, "scope", "c", 1, number, null, new byte[0]);
    }

    @Test
    void age_countsSinceTheRowWasMetAsItIs() {
        assertThat(ages.age(row("a", 1), 100)).isZero();
        assertThat(ages.age(row("a", 1), 160)).isEqualTo(60);
        assertThat(ages.age(row("a", 2), 170)).as("changed").isZero();
        assertThat(ages.age(row("a", 2), 180)).isEqualTo(10);
        assertThat(ages.age(row("b", 2), 190)).isZero();
    }

    /** Whoever has claimed it may have died, and what it is told meanwhile does not make him younger. */
    @Test
    void ageOfAClaim_countsWhateverTheRowIsTold() {
        assertThat(ages.age(row("a", 1), 100)).isZero();
        OutageRow claimed = row("a", 1).claimedBy("first");
        assertThat(ages.age(claimed, 110)).as("claimed").isZero();
        OutageRow told = claimed.holding(new byte[1]);
        assertThat(ages.age(told, 150)).isEqualTo(40);
        OutageRow back = told.givenBack();
        assertThat(ages.age(back, 160)).as("given back").isZero();
        OutageRow again = back.claimedBy("second");
        assertThat(ages.age(again, 170)).as("claimed again").isZero();
        assertThat(ages.age(again.holding(new byte[2]), 175)).isEqualTo(5);
        assertThat(ages.age(again.claimedBy("third"), 180)).as("taken over").isZero();
    }

    @Test
    void retain_forgetsTheOthers() {
        ages.age(row("a", 1), 100);
        ages.age(row("b", 1), 100);
        ages.retain(Set.of("b"));
        assertThat(ages.age(row("a", 1), 200)).isZero();
        assertThat(ages.age(row("b", 1), 200)).isEqualTo(100);
    }
}
