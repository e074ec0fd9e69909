package io.nearfar.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarManager;
import io.nearfar.testing.MeteredNode;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the SDK collects is what the meters show, as long as it is to be shown. */
@Timeout(120)
class NearfarInstrumentsTest {
    private static MeteredNode node;

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final NearfarHistograms histograms = new NearfarHistograms();
    private final SdkMeterProvider provider = SdkMeterProvider.builder()
            .registerMetricReader(reader)
            .registerMetricProducer(histograms)
            .build();
    private final Meter meter = provider.get("shop");

    @BeforeAll
    static void start() {
        node = MeteredNode.start();
        node.work();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void end() {
        provider.close();
    }

    private Map<String, MetricData> collected() {
        return reader.collectAllMetrics().stream().collect(Collectors.toMap(MetricData::getName, Function.identity()));
    }

    /** Something may be going on between two readings. */
    @Test
    void collected_isWhatTheMetersShow_andNothingElse() {
        try (NearfarInstruments instruments = NearfarInstruments.register(meter, node.manager())) {
            assertThat(instruments).isNotNull();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Points.of(reader.collectAllMetrics()))
                            .isEqualTo(Points.expected(node.manager())));
            assertThat(collected())
                    .hasEntrySatisfying("nearfar.cache.hits", hits -> {
                        assertThat(hits.getType()).isEqualTo(MetricDataType.LONG_SUM);
                        assertThat(hits.getLongSumData().isMonotonic()).isTrue();
                        assertThat(hits.getUnit()).isEmpty();
                        assertThat(hits.getDescription())
                                .isEqualTo("Reads that found an entry, by the tier that answered");
                    })
                    .hasEntrySatisfying("nearfar.cache.near", bytes -> {
                        assertThat(bytes.getType()).isEqualTo(MetricDataType.DOUBLE_GAUGE);
                        assertThat(bytes.getUnit()).isEqualTo("By");
                    })
                    .hasEntrySatisfying(
                            "nearfar.cache.load.duration.sum",
                            sum -> assertThat(sum.getUnit()).isEqualTo("s"));
        }
    }

    @Test
    void metersOfACache_comeWithIt_andGoWithIt() {
        try (NearfarInstruments instruments = NearfarInstruments.registerWithoutHistograms(meter, node.manager())) {
            assertThat(instruments).isNotNull();
            histograms.add(node.manager());
            node.open("rivers");
            assertThat(Points.of(reader.collectAllMetrics())).containsEntry("nearfar.cache.puts{cache=rivers}", 0.0);
            assertThat(points("rivers")).isEqualTo(1);
            node.manager().destroyCache("rivers");
            assertThat(Points.of(reader.collectAllMetrics()).keySet()).noneMatch(name -> name.contains("rivers"));
            assertThat(points("rivers")).isZero();
        }
    }

    private long points(String cache) {
        return collected().get("nearfar.cache.load.duration").getHistogramData().getPoints().stream()
                .filter(point -> point.getAttributes().toString().contains(cache))
                .count();
    }

    @Test
    void close_leavesNothing() {
        NearfarInstruments instruments = NearfarInstruments.register(meter, node.manager());
        histograms.add(node.manager());
        assertThat(collected()).isNotEmpty();
        instruments.close();
        histograms.remove(node.manager());
        assertThat(collected()).isEmpty();
        instruments.close();
    }

    @Test
    void managerThatIsClosed_isShownNoMore() {
        try (MeteredNode another = MeteredNode.start()) {
            NearfarInstruments instruments = NearfarInstruments.register(meter, another.manager());
            histograms.add(another.manager());
            another.open("cities");
            assertThat(collected()).containsKeys("nearfar.cache.puts", "nearfar.cache.load.duration");
            another.manager().close();
            assertThat(collected()).isEmpty();
            instruments.close();
        }
    }

    @Test
    void histograms_areRealOnes_withTheSameBuckets() {
        histograms.add(node.manager());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, MetricData> collected = collected();
            assertThat(collected.values()).allMatch(metric -> metric.getType() == MetricDataType.HISTOGRAM);
            io.nearfar.Meter loads = loads(node.manager());
            assertThat(collected.get("nearfar.cache.load.duration").getUnit()).isEqualTo("s");
            assertThat(collected.get("nearfar.cache.load.duration").getHistogramData())
                    .satisfies(data ->
                            assertThat(data.getAggregationTemporality()).isEqualTo(AggregationTemporality.CUMULATIVE))
                    .extracting(data -> data.getPoints().iterator().next())
                    .satisfies(point -> {
                        assertThat(point.getBoundaries())
                                .isEqualTo(loads.distribution().bounds());
                        assertThat(point.getCounts())
                                .isEqualTo(loads.distribution().counts());
                        assertThat(point.getSum())
                                .isEqualTo(loads.distribution().sum());
                        assertThat(point.getCount()).isPositive();
                    });
        });
    }

    private static io.nearfar.Meter loads(NearfarManager manager) {
        return manager.meters().stream()
                .filter(each -> each.metric().fullName().equals("nearfar_cache_load_duration_seconds"))
                .findFirst()
                .orElseThrow();
    }

    /** Where nobody has set up the SDK. */
    @Test
    void withoutAnSdk_nothingHappens() {
        try (NearfarInstruments instruments =
                NearfarInstruments.register(MeterProvider.noop().get("shop"), node.manager())) {
            assertThat(instruments).isNotNull();
        }
    }
}
