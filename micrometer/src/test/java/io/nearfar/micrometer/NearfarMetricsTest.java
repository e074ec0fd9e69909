package io.nearfar.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nearfar.Distribution;
import io.nearfar.Metric;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.spi.NearfarCachingProvider;
import io.nearfar.testing.Scrape;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Meters come and go with their caches, obey what a registry says of all meters, and leave nothing behind. */
@Timeout(60)
class NearfarMetricsTest {
    private static final String LOADS = "nearfar_cache_load_duration_seconds_count";

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SimpleMeterRegistry simple = new SimpleMeterRegistry();
    private NearfarCachingProvider provider;
    private NearfarManager manager;

    @BeforeEach
    void start() {
        provider = new NearfarCachingProvider();
        manager = manager(provider);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private static NearfarManager manager(NearfarCachingProvider provider) {
        Properties settings = new Properties();
        settings.setProperty("nearfar.mode", "near");
        return provider.getCacheManager(null, null, settings).unwrap(NearfarManager.class);
    }

    @SuppressWarnings("unchecked")
    private static NearfarCache<String, String> open(NearfarManager manager, String name) {
        return manager.createCache(name, new MutableConfiguration<String, String>())
                .unwrap(NearfarCache.class);
    }

    private static String series(String name, String labels) {
        return name + "{" + labels + "}";
    }

    private static List<String> named(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("nearfar"))
                .toList();
    }

    @Test
    void metersOfACache_comeWithIt_goWithIt_andComeAgain() throws Exception {
        try (NearfarMetrics metrics = new NearfarMetrics(manager)) {
            metrics.bindTo(prometheus);
            metrics.bindTo(simple);
            NearfarCache<String, String> cities = open(manager, "cities");
            cities.getOrLoad("paris", context -> "v");
            open(manager, "rivers");
            assertThat(Scrape.of(prometheus.scrape()))
                    .containsEntry(series(LOADS, "cache=cities"), 1.0)
                    .containsEntry(series(LOADS, "cache=rivers"), 0.0)
                    .containsEntry(series("nearfar_cache_misses_total", "cache=cities"), 1.0);
            assertThat(simple.find("nearfar.cache.misses").functionCounters()).hasSize(2);

            manager.destroyCache("cities");
            assertThat(Scrape.of(prometheus.scrape()).keySet())
                    .isNotEmpty()
                    .noneMatch(name -> name.contains("cities"))
                    .contains(series(LOADS, "cache=rivers"));
            assertThat(simple.find("nearfar.cache.misses").functionCounters()).hasSize(1);

            open(manager, "cities");
            assertThat(Scrape.of(prometheus.scrape()))
                    .containsEntry(series(LOADS, "cache=cities"), 0.0)
                    .isEqualTo(Scrape.expected(manager, Map.of()));
        }
    }

    @Test
    void close_leavesNothing_andNothingComesAnyMore() {
        NearfarMetrics metrics = new NearfarMetrics(manager);
        metrics.bindTo(prometheus);
        metrics.bindTo(simple);
        open(manager, "cities");
        assertThat(Scrape.of(prometheus.scrape())).isNotEmpty();
        metrics.close();
        open(manager, "rivers");
        assertThat(prometheus.getMeters()).isEmpty();
        assertThat(simple.getMeters()).isEmpty();
        assertThat(prometheus.scrape()).isEmpty();
        metrics.close();

        metrics.bindTo(prometheus);
        assertThat(Scrape.of(prometheus.scrape())).isEqualTo(Scrape.expected(manager, Map.of()));
        metrics.close();
    }

    @Test
    void managerThatIsClosed_leavesNothing() {
        NearfarMetrics metrics = new NearfarMetrics(manager);
        metrics.bindTo(prometheus);
        metrics.bindTo(simple);
        open(manager, "cities");
        assertThat(named(simple)).isNotEmpty();
        manager.close();
        assertThat(prometheus.scrape()).isEmpty();
        assertThat(named(simple)).isEmpty();
    }

    @Test
    void registryThatIsClosed_isLeftAlone() {
        try (NearfarMetrics metrics = new NearfarMetrics(manager)) {
            metrics.bindTo(simple);
            open(manager, "cities");
            List<Meter> before = simple.getMeters();
            simple.close();
            open(manager, "rivers");
            assertThat(simple.getMeters()).hasSizeLessThanOrEqualTo(before.size());
        }
    }

    /** What other registries have of a histogram. */
    @Test
    void otherRegistries_haveCountAndTimeOfAHistogram() throws Exception {
        try (NearfarMetrics metrics = new NearfarMetrics(manager)) {
            metrics.bindTo(simple);
            NearfarCache<String, String> cities = open(manager, "cities");
            cities.getOrLoad("paris", context -> "v");
            cities.getOrLoad("rome", context -> "v");
            FunctionTimer loads = simple.get("nearfar.cache.load.duration")
                    .tag("cache", "cities")
                    .functionTimer();
            Distribution now = manager.meters().stream()
                    .filter(meter -> meter.metric() == Metric.CACHE_LOAD_DURATION)
                    .findFirst()
                    .orElseThrow()
                    .distribution();
            assertThat(loads.count()).isEqualTo(2);
            assertThat(loads.totalTime(TimeUnit.SECONDS)).isPositive().isCloseTo(now.sum(), within(1e-9));
        }
    }

    @Test
    void tagsAndFiltersOfTheRegistry_holdForHistogramsToo() {
        prometheus
                .config()
                .commonTags("app", "atlas")
                .meterFilter(MeterFilter.denyNameStartsWith("nearfar.cache.near.hit"))
                .meterFilter(MeterFilter.renameTag("nearfar", "cache", "name"));
        try (NearfarMetrics metrics = new NearfarMetrics(manager, Tags.of("node", "1"))) {
            metrics.bindTo(prometheus);
            open(manager, "cities");
            Map<String, Double> now = Scrape.of(prometheus.scrape());
            assertThat(now)
                    .containsEntry(series(LOADS, "app=atlas, name=cities, node=1"), 0.0)
                    .containsEntry(series("nearfar_cache_puts_total", "app=atlas, name=cities, node=1"), 0.0);
            assertThat(now.keySet()).noneMatch(name -> name.startsWith("nearfar_cache_near_hit"));
        }
        assertThat(prometheus.scrape()).isEmpty();
    }

    @Test
    void compositeRegistry_hasEachPartInItsOwnWay() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.config().commonTags("app", "atlas");
        composite.add(simple);
        composite.add(new CompositeMeterRegistry().add(prometheus));
        try (NearfarMetrics metrics = new NearfarMetrics(manager)) {
            metrics.bindTo(composite);
            open(manager, "cities");
            assertThat(Scrape.of(prometheus.scrape())).isEqualTo(Scrape.expected(manager, Map.of("app", "atlas")));
            assertThat(simple.get("nearfar.cache.load.duration")
                            .tags("app", "atlas")
                            .functionTimer()
                            .count())
                    .isZero();
        }
        assertThat(prometheus.scrape()).isEmpty();
        assertThat(Stream.of(simple, composite).flatMap(registry -> named(registry).stream()))
                .isEmpty();
    }

    /** Else a scrape would fail, or the end of one manager take the meters of the other. */
    @Test
    void twoManagers_areToldApartByTags_andWithoutThemTheFirstIsShown() {
        NearfarCachingProvider another = new NearfarCachingProvider();
        Tags one = Tags.of("manager", "one");
        try (NearfarMetrics first = new NearfarMetrics(manager, one);
                NearfarMetrics same = new NearfarMetrics(manager(another), one);
                NearfarMetrics other = new NearfarMetrics(manager(another), Tags.of("manager", "other"))) {
            open(manager, "cities").put("paris", "v");
            open(manager(another), "cities");
            Stream.of(first, same, other).forEach(metrics -> metrics.bindTo(prometheus));
            same.close();
            assertThat(Scrape.of(prometheus.scrape()))
                    .containsEntry(series("nearfar_cache_puts_total", "cache=cities, manager=one"), 1.0)
                    .containsEntry(series("nearfar_cache_puts_total", "cache=cities, manager=other"), 0.0)
                    .containsEntry(series(LOADS, "cache=cities, manager=one"), 0.0)
                    .containsEntry(series(LOADS, "cache=cities, manager=other"), 0.0);
        } finally {
            another.close();
        }
        assertThat(prometheus.scrape()).isEmpty();
    }
}
