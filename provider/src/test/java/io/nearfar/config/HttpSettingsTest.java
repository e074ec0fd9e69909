package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.AddressRange;
import io.nearfar.HttpSettings;
import io.nearfar.Limit;
import io.nearfar.LimitOutage;
import io.nearfar.PathLimit;
import java.time.Duration;
import java.util.List;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    private static HttpSettings read(String... lines) {
        return Reading.of(lines).read().http();
    }

    @Test
    void nothingSet_trustsNobodyAndLimitsNothing() {
        assertThat(read())
                .isEqualTo(new HttpSettings(
                        List.of(),
                        HttpSettings.Forwarding.X_FORWARDED_FOR,
                        64,
                        false,
                        false,
                        LimitOutage.OPEN,
                        List.of(),
                        List.of()));
    }

    @Test
    void all_canBeSet() {
        HttpSettings settings = read(
                "nearfar.http.trusted-proxies=10.0.0.0/8, 192.0.2.7 ,2001:db8::/32",
                "nearfar.http.forwarding=forwarded",
                "nearfar.http.ipv6-prefix=56",
                "nearfar.http.legacy-fields=true",
                "nearfar.http.disclose-all=true",
                "nearfar.limit.outage=closed",
                "nearfar.limit.reports.paths=/reports/*, *.pdf",
                "nearfar.limit.reports.permits=5",
                "nearfar.limit.reports.window=1h",
                "nearfar.limit.reports.by=user",
                "nearfar.limit.reports.mode=leased");
        assertThat(settings)
                .isEqualTo(new HttpSettings(
                        List.of(
                                AddressRange.parse("10.0.0.0/8"),
                                AddressRange.parse("192.0.2.7"),
                                AddressRange.parse("2001:db8::/32")),
                        HttpSettings.Forwarding.FORWARDED,
                        56,
                        true,
                        true,
                        LimitOutage.CLOSED,
                        List.of(new PathLimit(
                                new Limit("reports", 5, Duration.ofHours(1)).leased(),
                                PathLimit.Partition.USER,
                                List.of("/reports/*", "*.pdf"))),
                        List.of()));
    }

    @Test
    void limitWithPathsAlone_isAHundredAMinuteForAClient_orTenThousandForAll() {
        assertThat(read(
                                "nearfar.limit.requests.paths=/*",
                                "nearfar.limit.everybody.paths=/*",
                                "nearfar.limit.everybody.by=all")
                        .limits())
                .containsExactly(
                        new PathLimit(
                                new Limit("everybody", 10_000, Duration.ofMinutes(1)),
                                PathLimit.Partition.ALL,
                                List.of("/*")),
                        new PathLimit(
                                new Limit("requests", 100, Duration.ofMinutes(1)),
                                PathLimit.Partition.CLIENT,
                                List.of("/*")));
    }

    /** A variable and a key of another source are one limit, and settings of the manager are none. */
    @Test
    void limit_canBeSetByVariables() {
        HttpSettings settings = Reading.of("nearfar.limit.api-v1.paths=/api/v1/*", "nearfar.limit.outage=closed")
                .variable("NEARFAR_LIMIT_API_V1_PERMITS", "7")
                .read()
                .http();
        assertThat(settings.limits())
                .containsExactly(new PathLimit(
                        new Limit("api-v1", 7, Duration.ofMinutes(1)),
                        PathLimit.Partition.CLIENT,
                        List.of("/api/v1/*")));
    }

    @Test
    void limitWithoutPaths_isRefusedWithTheLineToAdd() {
        assertThatThrownBy(() -> read("nearfar.limit.api.permits=5"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nearfar.limit.api.permits = 5")
                .hasMessageContaining("Set nearfar.limit.api.paths");
    }

    @Test
    void limit_outOfBounds_isRefused() {
        assertThatThrownBy(() -> read("nearfar.limit.api.paths=/*", "nearfar.limit.api.window=400d"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nearfar.limit.api.window = 400d")
                .hasMessageContaining("366 days");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nearfar.http.trusted-proxies=proxy.example",
                "nearfar.http.trusted-proxies=10.0.0.0/8 192.0.2.7",
                "nearfar.http.trusted-proxies=10.0.0.0/8,",
                "nearfar.http.forwarding=x-real-ip",
                "nearfar.http.ipv6-prefix=129",
                "nearfar.limit.api.paths=api/*",
                "nearfar.limit.api.paths=/api/*/orders",
                "nearfar.limit.api.paths=/api//*",
                "nearfar.limit.api.paths=/a b",
                "nearfar.limit.api.permits=0",
                "nearfar.limit.api.by=session",
                "nearfar.limit.Api.paths=/*",
                "nearfar.limit.api.orders.paths=/*",
                "nearfar.limit.api.path=/*",
                "nearfar.paths=/*"
            })
    void mistake_isToldByItsKey(String line) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(line.substring(0, line.indexOf('=')) + " = ");
    }
}
