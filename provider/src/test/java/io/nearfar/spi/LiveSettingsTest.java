package io.nearfar.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.ConfiguredCache;
import io.nearfar.config.NearfarSettings;
import io.nearfar.config.SettingsReader;
import io.nearfar.testing.CapturedLog;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which settings are read again, and when, by a clock that the test moves. */
class LiveSettingsTest {
    private static final String TTL = "nearfar.cache.cities.ttl";

    private final Properties properties = new Properties();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private NearfarSettings read() {
        readings.incrementAndGet();
        return SettingsReader.read(URI.create("a:name"), properties, getClass().getClassLoader());
    }

    private Supplier<ConfiguredCache> opened(Map<String, String> inCode) {
        NearfarSettings first = read();
        return new LiveSettings(first, this::read, now::get)
                .of(first.configured("cities", inCode), settings -> settings.configured("cities", inCode));
    }

    private void later(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static Duration life(Supplier<ConfiguredCache> cache) {
        assertThat(cache.get().shown().timeToLive())
                .isEqualTo(cache.get().settings().timeToLive());
        return cache.get().settings().timeToLive();
    }

    @Test
    void change_isSeenAfterASecond_andNotBefore() {
        properties.setProperty(TTL, "2h");
        Supplier<ConfiguredCache> cache = opened(Map.of());
        properties.setProperty(TTL, "30m");
        later(999);
        assertThat(life(cache)).isEqualTo(Duration.ofHours(2));
        assertThat(readings).hasValue(1);
        later(1);
        assertThat(life(cache)).isEqualTo(Duration.ofMinutes(30));
        assertThat(cache.get()).as("as long as nothing is read").isSameAs(cache.get());
        assertThat(readings).hasValue(2);
        assertThat(cache.get().shown().setting("ttl").orElseThrow().value()).isEqualTo("30m");
    }

    @Test
    void rules_andWhatIsSetInCode_haveTheirOrder() {
        Supplier<ConfiguredCache> cache = opened(Map.of("ttl", "1h"));
        properties.setProperty("nearfar.cache.cities.ttl.rules", "*:24h short");
        later(1_000);
        assertThat(life(cache)).isEqualTo(Duration.ofHours(1));
        assertThat(cache.get().settings().timeToLiveRules().rules()).hasSize(1);
        properties.setProperty(TTL, "daily");
        later(1_000);
        assertThat(life(cache)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void otherSettings_areThoseOfTheOpening() {
        properties.setProperty(TTL, "2h");
        Supplier<ConfiguredCache> cache = opened(Map.of());
        properties.setProperty("nearfar.cache.cities.value-limit", "1MB");
        properties.setProperty(TTL, "3h");
        later(1_000);
        assertThat(life(cache)).isEqualTo(Duration.ofHours(3));
        assertThat(cache.get().settings().valueLimit()).isEqualTo(8_000_000);
        assertThat(cache.get().shown().setting("value-limit").orElseThrow().value())
                .isEqualTo("8MB");
    }

    /** A cache that was opened with a time-to-live has made no policy. */
    @Test
    void timeToLiveThatIsTakenAway_holdsUntilTheCacheIsOpenedAnew() {
        properties.setProperty(TTL, "2h");
        Supplier<ConfiguredCache> cache = opened(Map.of());
        properties.setProperty(TTL, "3h");
        later(1_000);
        assertThat(life(cache)).isEqualTo(Duration.ofHours(3));
        properties.remove(TTL);
        later(1_000);
        assertThat(life(cache)).as("as at the opening").isEqualTo(Duration.ofHours(2));
    }

    @Test
    void mistake_changesNothing_andIsToldOnce() {
        properties.setProperty(TTL, "2h");
        Supplier<ConfiguredCache> cache = opened(Map.of());
        try (CapturedLog log = new CapturedLog()) {
            properties.setProperty(TTL, "2 hours or so");
            for (int i = 0; i < 3; i++) {
                later(1_000);
                assertThat(life(cache)).isEqualTo(Duration.ofHours(2));
            }
            assertThat(readings).hasValue(4);
            assertThat(log.lines("NF0602")).hasSize(1).allMatch(line -> line.contains(TTL + " = 2 hours or so"));
            properties.setProperty(TTL, "4h");
            later(1_000);
            assertThat(life(cache)).isEqualTo(Duration.ofHours(4));
            properties.setProperty(TTL, "2 hours or so");
            later(1_000);
            assertThat(life(cache)).isEqualTo(Duration.ofHours(4));
            assertThat(log.lines("NF0602")).hasSize(2);
        }
    }
}
