package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeToLiveRulesTest {
    @ParameterizedTest
    @CsvSource({"short, 5m", "medium, 15m", "long, 1h", "daily, 1d", "Daily, 1d", "90s, 1m30s", "PT2H, 2h"})
    void ttl_byName_isThatLong(String written, String length) {
        CacheSettings cache = Reading.of("nearfar.cache.c.ttl=" + written).cache("c");

        assertThat(cache.timeToLive()).isEqualTo(Durations.parse(length));
    }

    @Test
    void rules_areReadInTheirOrder() {
        CacheSettings cache = Reading.of("nearfar.cache.c.ttl.rules=*:24h 5m,  *:7d   medium ,*:1y daily")
                .cache("c");

        assertThat(cache.timeToLiveRules()).hasToString("*:24h 5m, *:7d 15m, *:1y 1d");
        assertThat(cache.timeToLiveRules().rules())
                .first()
                .isEqualTo(new TimeToLiveRules.Rule("*:24h", Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "*:24h, lisbon:24h, true",
        "*:24h, :24h, true",
        "*:24h, lisbon:24h:x, false",
        "user:*, user:, true",
        "a*b*c, a1b2c, true",
        "a*b*c, acb, false",
        "k, k, true",
        "k, kk, false",
        "a.c, abc, false",
        "*, 'two\nlines', true",
        "*, '', true",
        "a*a, a, false",
        "a*a, aa, true",
        "a*ab*b, aab, false",
        "a*ab*b, aabb, true",
        "**:24h, :24h, true",
        "*ab*ab*, abab, true",
        "*ab*ab*, abb, false",
        "*.*, a+b, false",
    })
    void matcher_takesStarsForAnyCharacters(String keys, String key, boolean matches) {
        TimeToLiveRules.Rule rule = new TimeToLiveRules.Rule(keys, Duration.ofMinutes(1));

        assertThat(rule.matcher().test(key)).isEqualTo(matches);
    }

    /** Keys come from requests, perhaps: each of these would be looked at for hours by a matcher that goes back. */
    @ParameterizedTest
    @ValueSource(strings = {"*:*:*:24h", "*:*:*:*:*:*:*:*:24h", "*::*::*::*24h", ":*:*:*:24h:*"})
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void matcher_ofALongKey_looksOnceFromLeftToRight(String keys) {
        TimeToLiveRules.Rule rule = new TimeToLiveRules.Rule(keys, Duration.ofMinutes(1));

        assertThat(rule.matcher().test(":".repeat(10_000))).isFalse();
    }

    /** Regular expressions are the naive twin. */
    @Test
    void matcher_ofRandomPatterns_agreesWithTheRegularExpression() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String keys = random(random, "ab:**", 8);
            String key = random(random, "ab:", 12);
            boolean matches = key.matches(keys.replace("*", ".*"));
            assertThat(KeyPattern.of(keys).matches(key))
                    .as("seed %d: %s is of %s", seed, key, keys)
                    .isEqualTo(matches);
        }
    }

    private static String random(Random random, String characters, int longest) {
        return random.ints(random.nextInt(longest), 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    /** What stands closer to the cache counts, be it the one or the other. */
    @Test
    void rules_giveWayToATimeToLiveThatIsSetCloser() {
        NearfarSettings settings = Reading.of(
                        "nearfar.template.prices.ttl.rules=*:24h short",
                        "nearfar.cache.*.template=prices",
                        "nearfar.cache.fees.ttl=1h",
                        "nearfar.cache.rates.ttl=1h",
                        "nearfar.cache.rates.ttl.rules=*:1y daily")
                .read();

        assertThat(settings.cache("stocks", true).timeToLiveRules()).hasToString("*:24h 5m");
        assertThat(settings.cache("fees", true).timeToLiveRules()).isEqualTo(TimeToLiveRules.NONE);
        assertThat(settings.cache("rates", true).timeToLiveRules()).hasToString("*:1y 1d");
        assertThat(settings.cache("rates", true).timeToLive()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void rules_ofAnEnvironmentVariable_areRead() {
        CacheSettings cache = Reading.ofNothing()
                .variable("NEARFAR_CACHE_CITIES_TTL_RULES", "*:24h short")
                .cache("cities");

        assertThat(cache.timeToLiveRules()).hasToString("*:24h 5m");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void rules_upToTheMost_areRead(int number) {
        String rules =
                IntStream.range(0, number).mapToObj(i -> "k" + i + ":* 5m").collect(Collectors.joining(","));

        assertThat(TimeToLiveRules.read(rules).rules()).hasSize(number);
        assertThat(TimeToLiveRules.read(rules + ",more 5m") == null).isEqualTo(number == 64);
    }
}
