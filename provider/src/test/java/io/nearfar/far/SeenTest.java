package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenTest {
    private final Seen seen = new Seen();

    @Test
    void add_tellsTheFirstFromTheRest() {
        for (int i = 0; i < 200_000; i++) {
            assertThat(seen.add("name-" + i)).isTrue();
        }
        for (int i = 0; i < 200_000; i++) {
            assertThat(seen.add("name-" + i)).isFalse();
        }
    }

    @Test
    void add_tellsSimilarNamesApart() {
        assertThat(seen.add("")).isTrue();
        assertThat(seen.add("\0")).isTrue();
        assertThat(seen.add("\0\0")).isTrue();
        assertThat(seen.add("ab")).isTrue();
        assertThat(seen.add("ba")).isTrue();
        assertThat(seen.add("")).isFalse();
    }
}
