package io.nearfar.cdi.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.Distribution;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.cdi.testing.TextFormat;
import io.nearfar.cdi.testing.TextFormat.Series;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final Distribution TIMES = new Distribution(List.of(0.001, 1.0), List.of(2L, 0L, 3L), 12.5);

    private static TextFormat.Family family(Map<String, TextFormat.Family> families, String name) {
        return Objects.requireNonNull(families.get(name), name);
    }

    @Test
    void counters_areWrittenByFamily_whateverTheOrderOfTheMeters() {
        String text = PrometheusText.of(
                List.of(
                        Meter.of(Metric.CACHE_HITS, () -> 3, "cities", "near"),
                        Meter.of(Metric.CACHE_MISSES, () -> 0.5, "cities"),
                        Meter.of(Metric.CACHE_HITS, () -> 4e15, "people", "far")),
                false);
        assertThat(text).isEqualTo("""
                # HELP nearfar_cache_hits_total Reads that found an entry, by the tier that answered
                # TYPE nearfar_cache_hits_total counter
                nearfar_cache_hits_total{cache="cities",tier="near"} 3
                nearfar_cache_hits_total{cache="people",tier="far"} 4.0E15
                # HELP nearfar_cache_misses_total Reads that no tier could answer
                # TYPE nearfar_cache_misses_total counter
                nearfar_cache_misses_total{cache="cities"} 0.5
                """);
    }

    @Test
    void names_areEscaped_andReadAgainAsTheyWere() {
        String odd = "a\"b\\c\nd {e=\"f\"} ü";
        Map<String, TextFormat.Family> families =
                TextFormat.read(PrometheusText.of(List.of(Meter.of(Metric.CACHE_PUTS, () -> 1, odd)), false));
        assertThat(family(families, "nearfar_cache_puts_total").samples())
                .containsExactly(Map.entry(new Series("nearfar_cache_puts_total", Map.of("cache", odd)), 1.0));
    }

    @Test
    void histogram_isCumulative_andEndsWithAll() {
        String text =
                PrometheusText.of(List.of(Meter.ofHistogram(Metric.CACHE_LOAD_DURATION, () -> TIMES, "cities")), false);
        assertThat(text).endsWith("""
                # TYPE nearfar_cache_load_duration_seconds histogram
                nearfar_cache_load_duration_seconds_bucket{cache="cities",le="0.001"} 2
                nearfar_cache_load_duration_seconds_bucket{cache="cities",le="1"} 2
                nearfar_cache_load_duration_seconds_bucket{cache="cities",le="+Inf"} 5
                nearfar_cache_load_duration_seconds_sum{cache="cities"} 12.5
                nearfar_cache_load_duration_seconds_count{cache="cities"} 5
                """);
        assertThat(TextFormat.read(text)).hasSize(1);
    }

    @Test
    void metricWithoutTags_hasNoBraces() {
        String text = PrometheusText.of(
                List.of(
                        Meter.of(Metric.FAR_BREAKERS_OPEN, () -> Double.POSITIVE_INFINITY),
                        Meter.ofHistogram(Metric.MESSAGE_LAG, () -> TIMES)),
                false);
        assertThat(text)
                .contains("\nnearfar_far_breakers_open +Inf\n")
                .contains("\nnearfar_message_lag_seconds_count 5\n");
        assertThat(TextFormat.read(text)).hasSize(2);
    }

    @Test
    void usualNames_standBesideOurs_ifTheyAreWanted() {
        List<Meter> meters = List.of(
                Meter.of(Metric.CACHE_HITS, () -> 3, "cities", "near"),
                Meter.of(Metric.CACHE_NEAR_ENTRIES, () -> 7, "cities"),
                Meter.of(Metric.CACHE_PUTS, () -> 1, "cities"),
                Meter.ofHistogram(Metric.CACHE_FAR_DURATION, () -> TIMES, "cities", "read"));
        Map<String, TextFormat.Family> families = TextFormat.read(PrometheusText.of(meters, true));
        assertThat(families)
                .containsOnlyKeys(
                        "nearfar_cache_hits_total",
                        "cache_hits_total",
                        "nearfar_cache_near_entries",
                        "cache_keys_total",
                        "nearfar_cache_puts_total",
                        "nearfar_cache_far_operation_duration_seconds",
                        "cache_operation_duration_seconds");
        assertThat(family(families, "cache_hits_total").samples())
                .containsExactly(
                        Map.entry(new Series("cache_hits_total", Map.of("cache", "cities", "tier", "near")), 3.0));
        assertThat(family(families, "cache_operation_duration_seconds").type()).isEqualTo("histogram");
        assertThat(family(families, "cache_operation_duration_seconds").samples())
                .hasSize(5);
    }

    /** The reader of these tests would not take just anything. */
    @Test
    void textsThatAreWrong_areRefused() {
        assertThatThrownBy(() -> TextFormat.read("# HELP a b\n# TYPE a counter\na{b=\"c\\d\"} 1\n"))
                .hasMessageStartingWith("\\d");
        assertThatThrownBy(() -> TextFormat.read("# HELP a b\n# TYPE a counter\nb 1\n"))
                .hasMessageStartingWith("not of the family a");
        assertThatThrownBy(() -> TextFormat.read("# HELP a b\n# TYPE a counter\na 1\na 2\n"))
                .hasMessageStartingWith("a series twice");
        assertThatThrownBy(() -> TextFormat.read("""
                # HELP a b
                # TYPE a histogram
                a_bucket{le="1"} 3
                a_bucket{le="+Inf"} 2
                a_sum 1
                a_count 2
                """)).hasMessageStartingWith("Not cumulative");
    }
}
