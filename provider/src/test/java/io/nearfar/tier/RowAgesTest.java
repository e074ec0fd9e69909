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

    @Test
    void retain_forgetsTheOthers() {
        ages.age(row("a", 1), 100);
        ages.age(row("b", 1), 100);
        ages.retain(Set.of("b"));
        assertThat(ages.age(row("a", 1), 200)).isZero();
        assertThat(ages.age(row("b", 1), 200)).isEqualTo(100);
    }
}
