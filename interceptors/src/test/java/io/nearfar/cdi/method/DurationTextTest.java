package io.nearfar.cdi.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "60s, PT1M",
        " 1m , PT1M",
        "1h30m, PT1H30M",
        "1d, P1D",
        "2D3H, P2DT3H",
        "1s250ms, PT1.25S",
        "PT1M, PT1M",
        "p1dt1h, P1DT1H"
    })
    void parse_lengthsAsPeopleWriteThem(String text, Duration length) {
        assertThat(DurationText.parse(text)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "60", "1 m", "s", "m1", "30m1h", "-1s", "1.5s", "PX", "forever", "12345678901s"})
    void parse_others_areRefusedWithACure(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("Write one such as");
    }
}
