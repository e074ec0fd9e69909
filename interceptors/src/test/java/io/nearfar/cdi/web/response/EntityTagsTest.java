package io.nearfar.cdi.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagsTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void of_dependsOnTypeAndContent() {
        String tag = EntityTags.of("text/plain", bytes("a"));
        assertThat(tag).matches("W/\"[\\w-]{22}\"").isEqualTo(EntityTags.of("text/plain", bytes("a")));
        assertThat(tag)
                .isNotEqualTo(EntityTags.of("text/plain", bytes("b")))
                .isNotEqualTo(EntityTags.of("text/html", bytes("a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "*;W/\"a\";true",
                "\"a\";W/\"a\";true",
                "W/\"a\";\"a\";true",
                "\"b\", W/\"a,c\";W/\"a,c\";true",
                "\"b\",\"a\";\"a\";true",
                "\"b\";\"a\";false",
                "\"ab\";\"a\";false",
                "a;\"a\";false",
                "'';\"a\";false",
                "\"a;\"a\";false"
            })
    void matches_comparesWeakly(String ifNoneMatch, String tag, boolean isKnown) {
        assertThat(EntityTags.matches(ifNoneMatch, tag)).isEqualTo(isKnown);
    }
}
