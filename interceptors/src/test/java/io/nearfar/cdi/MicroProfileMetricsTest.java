package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Metric;
import io.smallrye.metrics.MetricRegistryProducer;
import io.smallrye.metrics.SharedMetricRegistries;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheResult;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The metrics of an application in the registry of an implementation of MicroProfile Metrics. */
@Timeout(120)
class MicroProfileMetricsTest {
    private static final Tag CITIES = new Tag("cache", "cities");

    @Singleton
    public static class Cities {
        @CacheResult(cacheName = "cities")
        public String name(int id) {
            return "city " + id;
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty("nearfar.metrics.usual-names");
        SharedMetricRegistries.dropAll();
    }

    private static MetricRegistry registry() {
        return SharedMetricRegistries.getOrCreate(MetricRegistry.APPLICATION_SCOPE);
    }

    private static double value(String name, Tag... tags) {
        Gauge<?> gauge = registry().getGauge(new MetricID(name, tags));
        return Objects.requireNonNull(
                        gauge,
                        () -> name + " is not among " + registry().getGauges().keySet())
                .getValue()
                .doubleValue();
    }

    private static Set<String> ours() {
        return registry().getMetricIDs().stream()
                .map(MetricID::getName)
                .filter(name -> name.startsWith("nearfar") || name.startsWith("cache"))
                .collect(Collectors.toSet());
    }

    @Test
    void meters_areGauges_asLongAsTheApplicationRuns() {
        try (Application application = Application.of(Cities.class, MetricRegistryProducer.class)) {
            Cities cities = application.bean(Cities.class);
            cities.name(1);
            cities.name(1);
            assertThat(value("nearfar_cache_hits_total", CITIES, new Tag("tier", "near")))
                    .isEqualTo(1);
            assertThat(value("nearfar_cache_load_duration_seconds_count", CITIES))
                    .isEqualTo(1);
            assertThat(value("nearfar_cache_load_duration_seconds_bucket", CITIES, new Tag("le", "+Inf")))
                    .isEqualTo(1);
            assertThat(value("nearfar_cache_load_duration_seconds_bucket", CITIES, new Tag("le", "1.0")))
                    .isBetween(0.0, 1.0);
            assertThat(value("nearfar_cache_load_duration_seconds_sum", CITIES)).isPositive();
            assertThat(registry().getMetadata("nearfar_cache_misses_total").getDescription())
                    .isEqualTo(Metric.CACHE_MISSES.help());
            assertThat(ours()).isNotEmpty().allMatch(name -> name.startsWith("nearfar_"));
        }
        assertThat(ours()).isEmpty();
    }

    @Test
    void cacheThatGoes_takesItsMetersWithIt_andGoesOnUnderThemWhenItComesAgain() {
        try (Application application = Application.of(Cities.class, MetricRegistryProducer.class)) {
            Cities cities = application.bean(Cities.class);
            cities.name(1);
            application.manager().destroyCache("cities");
            assertThat(ours()).isEmpty();
            cities.name(1);
            assertThat(value("nearfar_cache_load_duration_seconds_count", CITIES))
                    .isEqualTo(1);
        }
    }

    @Test
    void usualNames_areThereToo_ifTheyAreWanted() {
        System.setProperty("nearfar.metrics.usual-names", "true");
        try (Application application = Application.of(Cities.class, MetricRegistryProducer.class)) {
            application.bean(Cities.class).name(1);
            assertThat(value("cache_misses_total", CITIES)).isPositive();
            Map<String, Metric> usual = Arrays.stream(Metric.values())
                    .filter(metric -> metric.usualName() != null && metric.kind() != Metric.Kind.HISTOGRAM)
                    .collect(Collectors.toMap(metric -> String.valueOf(metric.usualName()), metric -> metric));
            assertThat(ours()).containsAll(usual.keySet()).contains("cache_operation_duration_seconds_bucket");
        }
    }

    @Test
    void withoutAnImplementation_theApplicationRuns() {
        try (Application application = Application.of(Cities.class)) {
            assertThat(application.bean(Cities.class).name(1)).isEqualTo("city 1");
            assertThat(ours()).isEmpty();
        }
    }
}
