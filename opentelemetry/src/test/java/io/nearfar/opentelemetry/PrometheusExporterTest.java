package io.nearfar.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.MeteredNode;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Scrape;
import io.opentelemetry.exporter.prometheus.PrometheusHttpServer;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the SDK's exporter for Prometheus, and histograms of its own, all is there under the names of the page of metrics. */
@Timeout(120)
class PrometheusExporterTest {
    private static String scraped(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(30))
                .build();
        String text = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return text.replaceAll("otel_scope_\\w+=\"[^\"]*\",?", "").replace(",}", "}");
    }

    /** Dashboard and alerts do not know these. */
    @Test
    void histogramsByTheApiAlone_areCountersOfOtherNames() throws Exception {
        int port = RealRedis.freePort();
        PrometheusHttpServer server = PrometheusHttpServer.builder()
                .setHost("127.0.0.1")
                .setPort(port)
                .build();
        try (MeteredNode node = MeteredNode.start();
                SdkMeterProvider provider =
                        SdkMeterProvider.builder().registerMetricReader(server).build();
                NearfarInstruments instruments = NearfarInstruments.register(provider.get("shop"), node.manager())) {
            assertThat(instruments).isNotNull();
            node.open("cities");
            String loads = "nearfar_cache_load_duration";
            assertThat(Scrape.of(scraped(port)))
                    .containsEntry(loads + "_buckets_total{cache=cities, le=Infinity}", 0.0)
                    .containsEntry(loads + "_count_total{cache=cities}", 0.0)
                    .containsEntry(loads + "_sum_seconds_total{cache=cities}", 0.0);
        }
    }

    @Test
    void scrape_hasEachSeriesOfEachMetric_withItsNumber_soThatDashboardAndAlertsWork() throws Exception {
        NearfarHistograms histograms = new NearfarHistograms();
        int port = RealRedis.freePort();
        PrometheusHttpServer server = PrometheusHttpServer.builder()
                .setHost("127.0.0.1")
                .setPort(port)
                .build();
        try (MeteredNode node = MeteredNode.start();
                SdkMeterProvider provider = SdkMeterProvider.builder()
                        .registerMetricReader(server)
                        .registerMetricProducer(histograms)
                        .build();
                NearfarInstruments instruments =
                        NearfarInstruments.registerWithoutHistograms(provider.get("shop"), node.manager())) {
            assertThat(instruments).isNotNull();
            histograms.add(node.manager());
            node.work();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(Scrape.of(scraped(port))).isEqualTo(Scrape.expected(node.manager(), Map.of())));
            Set<String> names = Scrape.names(Scrape.of(scraped(port)));
            Stream.of("grafana/nearfar.json", "prometheus/nearfar-rules.yml").forEach(file -> {
                try {
                    assertThat(Scrape.asked(file)).isNotEmpty().allMatch(names::contains);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }
}
