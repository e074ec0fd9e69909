package io.nearfar.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nearfar.Metric;
import io.nearfar.testing.MeteredNode;
import io.nearfar.testing.Scrape;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus is told by the registry made for it: all that the page of metrics says, under the names that it says. */
@Timeout(120)
class PrometheusScrapeTest {
    private static MeteredNode node;
    private static NearfarMetrics metrics;
    private static PrometheusMeterRegistry registry;

    /** It is bound before there is anything, so that all of it comes later. */
    @BeforeAll
    static void start() {
        node = MeteredNode.start();
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics = new NearfarMetrics(node.manager());
        metrics.bindTo(registry);
        assertThat(Scrape.of(registry.scrape())).isEmpty();
        node.work();
    }

    @AfterAll
    static void stop() {
        metrics.close();
        registry.close();
        node.close();
    }

    /** Something may be going on between two readings. */
    @Test
    void scrape_hasEachSeriesOfEachMetric_withItsNumber_andNoOther() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(Scrape.of(registry.scrape())).isEqualTo(Scrape.expected(node.manager(), Map.of())));
    }

    @Test
    void types_andHelp_areThoseOfThePage() {
        List<String> lines = List.of(registry.scrape().split("\n"));
        assertThat(lines)
                .containsAll(Arrays.stream(Metric.values())
                        .map(metric -> "# TYPE " + metric.fullName() + " "
                                + metric.kind().name().toLowerCase(Locale.ROOT))
                        .toList())
                .containsAll(Arrays.stream(Metric.values())
                        .map(metric -> "# HELP " + metric.fullName() + " " + metric.help())
                        .toList());
    }

    @Test
    void dashboardAndAlerts_findAllThatTheyAskFor() throws IOException {
        Set<String> names = Scrape.names(Scrape.of(registry.scrape()));
        assertThat(Scrape.asked("grafana/nearfar.json")).hasSizeGreaterThan(30).allMatch(names::contains);
        assertThat(Scrape.asked("prometheus/nearfar-rules.yml"))
                .hasSizeGreaterThan(10)
                .allMatch(names::contains);
    }
}
