package io.nearfar.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Few keys are wanted often, and most seldom. */
class ZipfTest {
    @Test
    void numbers_favourTheFirst_andReachTheLast() {
        int[] numbers = new Zipf(100).numbers(100_000, 1);

        assertThat(Arrays.stream(numbers)).allMatch(number -> number >= 0 && number < 100);
        long first = count(numbers, 0);
        assertThat(first).isBetween(17_000L, 21_000L);
        assertThat(count(numbers, 1)).isBetween(first * 4 / 10, first * 6 / 10);
        assertThat(count(numbers, 99)).isPositive();
    }

    @Test
    void sameSeed_isTheSameChoice() {
        assertThat(new Zipf(10).numbers(50, 7)).isEqualTo(new Zipf(10).numbers(50, 7));
    }

    private static long count(int[] numbers, int wanted) {
        return Arrays.stream(numbers).filter(number -> number == wanted).count();
    }
}
