package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "250ms, PT0.25S",
        "30s, PT30S",
        "5m, PT5M",
        "90m, PT90M",
        "1h30m, PT1H30M",
        "1d, P1D",
        "1d2h3m4s5ms, P1DT2H3M4.005S",
        "5M, PT5M",
        "PT5M, PT5M",
        "pt0.5s, PT0.5S",
        "P2D, P2D",
        "36500d, P36500D",
    })
    void parse_asPeopleWrite_givesLength(String text, Duration length) {
        assertThat(Durations.parse(text)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "-5s",
                "5 m",
                "5min",
                "1m1h",
                "1.5h",
                "s",
                "PT",
                "P",
                "PT-5M",
                "36501d",
                "9999999999s",
                "0x5s",
                "５s",
                "five minutes"
            })
    void parse_anythingElse_givesNull(String text) {
        assertThat(Durations.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1ms", "250ms", "1s", "59s", "1m", "1h30m", "1d", "36500d", "1d2h3m4s5ms"})
    void written_isWhatParseReads(String text) {
        assertThat(Durations.written(Durations.parse(text))).isEqualTo(text);
    }
}
