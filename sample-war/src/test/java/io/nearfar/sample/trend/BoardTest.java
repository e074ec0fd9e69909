package io.nearfar.sample.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTest {
    @Test
    void plus_counts_andLeavesTheOldBoardAlone() {
        Board one = Board.EMPTY.plus(7);
        Board two = one.plus(7).plus(8);
        assertThat(Board.EMPTY.views()).isEmpty();
        assertThat(one.views()).isEqualTo(Map.of(7L, 1));
        assertThat(two.views()).isEqualTo(Map.of(7L, 2, 8L, 1));
    }

    @Test
    void plus_fullBoard_countsOnlyKnownCities() {
        Board full = Board.EMPTY;
        for (long city = 0; city < 1000; city++) {
            full = full.plus(city);
        }
        assertThat(full.plus(1000)).isSameAs(full);
        assertThat(full.plus(999).views()).containsEntry(999L, 2);
    }
}
