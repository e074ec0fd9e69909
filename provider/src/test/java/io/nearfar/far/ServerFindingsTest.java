package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.CacheHealth;
import io.nearfar.CacheHealth.Warning;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFindingsTest {
    private static final CacheHealth.Clock EXACT = new CacheHealth.Clock(Duration.ofMillis(1), Duration.ofMillis(1));

    private static List<Warning> of(CacheHealth.Figures figures, CacheHealth.Clock clock) {
        return ServerFindings.of(new CacheHealth.Server("cache:6379", true, false, 0, null, figures, clock))
                .map(ServerFinding::warning)
                .toList();
    }

    private static CacheHealth.Figures figures(
            String software, String version, long used, long maximum, String policy) {
        return new CacheHealth.Figures(software, version, used, maximum, policy, 3, 0);
    }

    /** Full is what a cache should be where something is evicted. */
    @ParameterizedTest
    @CsvSource({
        "Redis, 7.0.15, 50, 100, volatile-lru, ''",
        "Redis, 7.0.15, 100, 100, allkeys-lru, ''",
        "Redis, 6.2.0, 50, 100, volatile-lfu, ''",
        "Redis, 10.0.1, 50, 100, volatile-ttl, ''",
        "Redis, 7.0.15, 50, 0, noeviction, NF0321",
        "Redis, 7.0.15, 89, 100, noeviction, NF0322",
        "Redis, 7.0.15, 90, 100, noeviction, NF0322 NF0324",
        "Redis, 7.0.15, 50, 100, allkeys-random, NF0323",
        "Redis, 7.0.15, 50, 100, volatile-random, NF0323",
        "Redis, 6.0.16, 50, 100, volatile-lru, NF0326",
        "Redis, 5.0.7, 50, 0, volatile-lru, NF0321 NF0326",
        "Valkey, 1.0.0, 50, 100, volatile-lru, ''",
        "Redis, unstable, 50, 100, volatile-lru, ''"
    })
    void figures_areJudged(String software, String version, long used, long maximum, String policy, String ids) {
        assertThat(of(figures(software, version, used, maximum, policy), EXACT))
                .extracting(Warning::id)
                .containsExactly(ids.isEmpty() ? new String[0] : ids.split(" "));
    }

    /** What a long round trip leaves open is not held against a clock. */
    @ParameterizedTest
    @CsvSource({"0, 1, ''", "2000, 0, ''", "2001, 0, NF0325", "-2001, 0, NF0325", "2400, 800, ''", "2401, 800, NF0325"})
    void clock_thatIsFarOff_isTold(long offsetMillis, long tripMillis, String ids) {
        CacheHealth.Clock clock = new CacheHealth.Clock(Duration.ofMillis(offsetMillis), Duration.ofMillis(tripMillis));
        assertThat(of(figures("Redis", "7.0.15", 1, 2, "volatile-lru"), clock))
                .extracting(Warning::id)
                .containsExactly(ids.isEmpty() ? new String[0] : ids.split(" "));
    }

    @Test
    void clock_aheadAndBehind_areToldApart() {
        CacheHealth.Figures fine = figures("Redis", "7.0.15", 1, 2, "volatile-lru");
        assertThat(of(fine, new CacheHealth.Clock(Duration.ofSeconds(5), Duration.ZERO)))
                .extracting(Warning::text)
                .singleElement()
                .asString()
                .startsWith("cache:6379 has a clock that is 5000 ms ahead of this node's");
        assertThat(of(fine, new CacheHealth.Clock(Duration.ofSeconds(-5), Duration.ZERO)))
                .extracting(Warning::text)
                .singleElement()
                .asString()
                .startsWith("cache:6379 has a clock that is 5000 ms behind this node's");
    }

    @Test
    void serverThatRefusesToTell_isOne_andOneThatIsAwayIsNone() {
        assertThat(ServerFindings.of(
                        new CacheHealth.Server("cache:6379", true, false, 0, "NOPERM no INFO", null, EXACT)))
                .extracting(finding -> finding.fault().id())
                .containsExactly("NF0327");
        assertThat(ServerFindings.of(new CacheHealth.Server("cache:6379", false, true, 1, "silent", null, EXACT)))
                .isEmpty();
    }
}
