package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "ttl, ttl, 0",
        "ttl, tll, 1",
        "ttl, tl, 1",
        "ttl, tttl, 1",
        "mode, moed, 1",
        "adress, address, 1",
        "'', abc, 3",
        "deadline, dedlien, 2"
    })
    void distance_countsEdits(String one, String other, int edits) {
        assertThat(Nearest.distance(one, other)).isEqualTo(edits);
        assertThat(Nearest.distance(other, one)).isEqualTo(edits);
    }

    @Test
    void among_severalNear_takesTheNearest() {
        assertThat(Nearest.among(List.of("near.ttl", "ttl", "template"), "tll")).isEqualTo("ttl");
    }

    @Test
    void among_noneNear_givesNull() {
        assertThat(Nearest.among(List.of("mode", "address"), "colour.of.the.logo"))
                .isNull();
    }
}
