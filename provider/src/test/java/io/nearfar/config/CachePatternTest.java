package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachePatternTest {
    @ParameterizedTest
    @CsvSource({
        "cities, cities, true",
        "cities, Cities, false",
        "cities, cities2, false",
        "cities*, cities, true",
        "cities*, cities.by.country, true",
        "*, anything at all, true",
        "*:24h, weather:24h, true",
        "*:24h, weather:24hours, false",
        "user:*:posts, user:7:posts, true",
        "user:*:posts, user:posts, false",
        "a.b, axb, false",
        "com.acme.Foo.bar(int), com.acme.Foo.bar(int), true",
        "'a\\Eb*', 'a\\Ebc', true"
    })
    void ofKey_matchesStarsAlone(String pattern, String name, boolean matches) {
        assertThat(CachePattern.ofKey(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "CITIES, cities, true",
        "CITIES, Cities, true",
        "CITIES, cities2, false",
        "USER_POSTS, user-posts, true",
        "USER_POSTS, user.posts, true",
        "USER_POSTS, user_posts, true",
        "USER_POSTS, userxposts, false",
        "USER_POSTS, user::posts, false",
        "CITIES_, cities.by.country, true",
        "_, anything at all, true",
        "__24H, weather:24h, true",
        "USER___POSTS, user:7:posts, true",
        "ST_DTE, städte, true",
        "'COM_ACME_FOO_BAR_INT_', com.acme.Foo.bar(int), true"
    })
    void ofEnvironment_underscoresStandForOddCharacters(String pattern, String name, boolean matches) {
        assertThat(CachePattern.ofEnvironment(pattern).matches(name)).isEqualTo(matches);
    }

    /** Whatever a key can say of a cache, its environment form says of it too. */
    @ParameterizedTest
    @CsvSource({
        "cities, cities",
        "cities*, cities.by.country",
        "*, x",
        "*:24h, weather:24h",
        "a-*-b, a-1-b",
        "a--b, a--b"
    })
    void ofEnvironment_formOfAKey_matchesWhatTheKeyMatches(String key, String name) {
        assertThat(CachePattern.ofKey(key).matches(name)).isTrue();
        assertThat(CachePattern.ofEnvironment(EnvironmentForm.of(key)).matches(name))
                .isTrue();
    }

    @Test
    void compareTo_mostSpecificFirst() {
        List<String> order = Stream.of("*", "cit*", "*ies", "cities", "c*s", "citi*", "*cities*")
                .map(CachePattern::ofKey)
                .sorted()
                .map(CachePattern::text)
                .toList();
        assertThat(order).containsExactly("cities", "*cities*", "citi*", "cit*", "*ies", "c*s", "*");
    }
}
