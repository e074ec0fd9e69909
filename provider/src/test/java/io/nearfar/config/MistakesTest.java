package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistakesTest {
    /** The password in every row that has one. */
    private static final String SECRET = "s3cr3t";

    static List<Arguments> mistakes() throws IOException {
        try (InputStream table = MistakesTest.class.getResourceAsStream("mistakes.txt")) {
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("\n\n"))
                    .filter(block -> !block.startsWith("#"))
                    .map(block -> block.strip().split("\n", 2))
                    .map(row -> Arguments.of(row[0], row[1]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void read_mistake_saysWhatAndWhereAndWhatToWrite(String written, String message) {
        Reading reading = reading(written);

        assertThatThrownBy(reading::read)
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage(message)
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    @Test
    void mistakes_areAsManyAsThePageSays() throws IOException {
        assertThat(mistakes()).hasSizeGreaterThan(80);
    }

    @Test
    void cache_fightThatOnlyItsNameBringsTogether_isToldAtItsCreation() {
        NearfarSettings settings = Reading.of("nearfar.cache.a*.load-lease=1s", "nearfar.cache.*b.deadline=2s")
                .read();

        assertThat(settings.cache("a", true).name()).isEqualTo("a");
        assertThatThrownBy(() -> settings.cache("ab", true))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining("nearfar.cache.a*.load-lease = 1s")
                .hasMessageContaining("must be longer than the deadline (2s)");
    }

    @Test
    void read_settingsThatFightInTwoSources_areNoMistake() {
        CacheSettings cache = Reading.of("nearfar.cache.c.ttl=10s")
                .system("nearfar.cache.c.near.ttl", "20s")
                .cache("c");

        assertThat(cache.nearTimeToLive()).isGreaterThan(cache.timeToLive());
    }

    /** Another cache, or another key, may need what has no effect here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nearfar.outage=closed ; nearfar.max-stale=1m ; nearfar.outage.atomic=local",
                "nearfar.outage=closed ; nearfar.cache.c.max-stale=1m",
                "nearfar.max-stale=1m ; nearfar.cache.c.outage=closed",
                "nearfar.address=redis://h ; nearfar.mode=far ; nearfar.near.ttl=20s",
                "nearfar.address=redis://h ; nearfar.near.ttl=20s ; nearfar.cache.c.mode=far",
                "nearfar.near.ttl=20s ; nearfar.cache.c.ttl=10s",
                "nearfar.cache.c.near.ttl=30m ; nearfar.cache.c.ttl=5m ; nearfar.cache.c.ttl.rules=*:24h 1m, *:1y daily"
            })
    void read_settingsThatFightForSomeCachesOnly_areNoMistake(String written) {
        assertThat(reading(written).read().cache("c", true).name()).isEqualTo("c");
    }

    private static Reading reading(String written) {
        Reading reading = Reading.ofNothing();
        for (String part : written.split(" ; ")) {
            add(reading, part);
        }
        return reading;
    }

    private static void add(Reading reading, String part) {
        if (part.startsWith("uri:")) {
            reading.uri(part.substring("uri:".length()));
            return;
        }
        String key = part.substring(0, part.indexOf('='));
        String text = part.substring(part.indexOf('=') + 1);
        if (key.startsWith("system:")) {
            reading.system(key.substring("system:".length()), text);
        } else if (key.startsWith("code:")) {
            reading.code(key.substring("code:".length()), text);
        } else if (key.startsWith("environment:")) {
            reading.variable(key.substring("environment:".length()), text);
        } else {
            reading.property(key, text);
        }
    }
}
