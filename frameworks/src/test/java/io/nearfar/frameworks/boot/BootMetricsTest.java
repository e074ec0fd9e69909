package io.nearfar.frameworks.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nearfar.NearfarManager;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** With Actuator and the adapter for Micrometer on the class path, Nearfar's metrics are at Actuator's endpoint by themselves. */
@Timeout(120)
class BootMetricsTest {
    @TempDir
    Path folder;

    private ConfigurableApplicationContext start(RealRedis redis, String... more) throws IOException {
        Path file = Files.write(
                folder.resolve("nearfar.properties"),
                List.of(
                        "nearfar.address = " + redis.address(),
                        "nearfar.application = atlas",
                        "nearfar.deadline = 9s"));
        List<String> words = new ArrayList<>(List.of(
                "--logging.level.root=warn",
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--management.endpoints.web.exposure.include=prometheus",
                "--spring.cache.type=jcache",
                "--spring.cache.jcache.config=" + file.toUri(),
                "--spring.cache.cache-names=cities,distances"));
        words.addAll(List.of(more));
        return new SpringApplicationBuilder(Atlas.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .run(words.toArray(new String[0]));
    }

    private static Map<String, Double> scraped(ConfigurableApplicationContext application) throws Exception {
        String port = application.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return Scrape.of(response.body());
    }

    /** Something may be going on between two readings. */
    @Test
    void actuator_showsEachSeriesOfEachMetric_withoutAnythingBeingDone() throws Exception {
        try (RealRedis redis = RealRedis.start();
                ConfigurableApplicationContext application = start(redis, "--management.metrics.tags.region=eu")) {
            application.getBean(Cities.class).find("Lisbon");
            application.getBean(Cities.class).find("Lisbon");
            NearfarManager manager = application.getBean(CacheManager.class).unwrap(NearfarManager.class);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(scraped(application))
                            .containsEntry("nearfar_cache_puts_total{cache=cities, region=eu}", 1.0)
                            .containsKey("nearfar_server_clients{region=eu, server=" + redis.host() + "}")
                            .isEqualTo(Scrape.expected(manager, Map.of("region", "eu"))));
        }
    }

    @Test
    void settingsOfActuator_takeThemOut() throws Exception {
        try (RealRedis redis = RealRedis.start();
                ConfigurableApplicationContext application =
                        start(redis, "--management.metrics.enable.nearfar=false")) {
            assertThat(scraped(application)).isEmpty();
            assertThat(application.containsBean("nearfarMetrics")).isTrue();
            assertThat(application.getBean(MeterRegistry.class).getMeters())
                    .isNotEmpty()
                    .noneMatch(meter -> meter.getId().getName().startsWith("nearfar"));
        }
    }
}
