package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of metrics, held to the conventions that monitoring has for names and units. */
class MetricTest {
    @ParameterizedTest
    @EnumSource(Metric.class)
    void name_isAsTheConventionsWantIt(Metric metric) {
        assertThat(metric.fullName()).matches("nearfar(_[a-z]+)+");
        assertThat(metric.fullName().endsWith("_total")).isEqualTo(metric.kind() == Metric.Kind.COUNTER);
        assertThat(metric.fullName().replaceAll("_total$", "")).endsWith(metric.unit());
        assertThat(metric.unit()).isIn("", "seconds", "bytes");
        assertThat(metric.help()).isNotBlank().doesNotEndWith(".");
        assertThat(metric.tags())
                .isSubsetOf(
                        "cache",
                        "tier",
                        "kind",
                        "operation",
                        "direction",
                        "form",
                        "limit",
                        "result",
                        "basis",
                        "server",
                        "fate",
                        "reason",
                        "target");
    }

    @Test
    void names_areEachThereOnce() {
        List<String> names = Arrays.stream(Metric.values())
                .flatMap(metric -> Stream.of(metric.fullName(), String.valueOf(metric.usualName())))
                .filter(name -> !name.equals("null"))
                .toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void usualNames_areThoseOfTheUsualDashboards() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::usualName).filter(name -> name != null))
                .containsExactlyInAnyOrder(
                        "cache_hits_total",
                        "cache_misses_total",
                        "cache_errors_total",
                        "cache_invalidations_total",
                        "cache_keys_total",
                        "cache_operation_duration_seconds");
    }

    @Test
    void meter_withoutItsTags_isRefused() {
        assertThatThrownBy(() -> Meter.of(Metric.CACHE_HITS, () -> 1, "cities"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A meter of nearfar_cache_hits_total was made with the tags [cities]; it needs values for"
                        + " [cache, tier] and is a COUNTER");
    }

    @Test
    void distribution_withTooFewCounts_isRefused() {
        assertThatThrownBy(() -> new Distribution(List.of(1.0), List.of(2L), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 bounds has 1 counts");
    }
}
