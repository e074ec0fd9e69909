package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRuleTest {
    @ParameterizedTest
    @CsvSource({
        "true, [!-~]",
        "TRUE, [!-~]",
        "[A-Za-z0-9:._-], [A-Za-z0-9:._-]",
        "[^\\s], [^\\s]",
        "[\\p{L}\\]], [\\p{L}\\]]",
    })
    void read_aClassOfCharacters_isTheRule(String text, String characters) {
        assertThat(KeyRule.read(text)).isEqualTo(new KeyRule(characters));
    }

    @Test
    void read_false_allowsAnyKey() {
        assertThat(KeyRule.read("false")).isEqualTo(KeyRule.NONE);
        assertThat(KeyRule.NONE.isNone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "a-z", "[]", "[^]", "[z-a]", "[a", "[a]+", "[a][b]", "[a[b]]", "[a\\]", "(a)"})
    void read_whatIsNoClassOfCharacters_isRefused(String text) {
        assertThat(KeyRule.read(text)).isNull();
    }

    @Test
    void cache_rule_holdsWhereItStands() {
        NearfarSettings settings = Reading.of(
                        "nearfar.keys.strict=true",
                        "nearfar.template.free.keys.strict=false",
                        "nearfar.cache.c.keys.strict=[a-z]",
                        "nearfar.cache.d.template=free")
                .read();

        assertThat(settings.cache("any", true).keyRule().characters()).isEqualTo("[!-~]");
        assertThat(settings.cache("c", true).keyRule().characters()).isEqualTo("[a-z]");
        assertThat(settings.cache("d", true).keyRule()).isEqualTo(KeyRule.NONE);
        assertThat(settings.cache("c", true).in(3).keyRule().characters()).isEqualTo("[a-z]");
    }
}
