package io.nearfar.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.entry.StandardValues;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    private final KeyFormat<Object> format = KeyFormats.of(Object.class, CodecKeys.of(Object.class));

    private boolean matches(String pattern, Object key) {
        return Glob.of(pattern).test(format.text(key).text());
    }

    @ParameterizedTest
    @CsvSource({
        "user:42,       user:42",
        "user:*,        user:",
        "user:*,        user:42:30d",
        "*,             user:42",
        "**,            user:42",
        "*:30d,         user:42:30d",
        "u*4*d,         user:42:30d",
        "*a*b*,         xxaxxbxx",
        "user:?,        user:4",
        "user:[45]2,    user:52",
        "user:[0-9]2,   user:42",
        "user:[^0-9]2,  user:x2",
        "user:[-x]2,    user:-2",
        "user:[x-]2,    user:-2",
        "user:[\\]]2,   user:]2",
        "user:[\\^a]2,  user:^2",
        "a\\*b,         a*b",
        "a\\\\b,        a\\b",
        "a]b,           a]b",
        "a!b{},         a!b{}",
        "?,             𝄞",
        "[𝄀-𝄞],         𝄞",
        "ä*,            ä𝄞",
        "~*,            ~a:b%",
        "*a:b%,         ~a:b%",
    })
    void string_thatThePatternSpeaksOf_matches(String pattern, String key) {
        assertThat(matches(pattern, key)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "user:42,       user:421",
        "user:42,       xuser:42",
        "user:*,        users:42",
        "*:30d,         user:42:30dx",
        "*a*b*,         xxbxxaxx",
        "user:?,        user:42",
        "user:?,        user:",
        "user:[45]2,    user:62",
        "user:[0-9]2,   user:x2",
        "user:[^0-9]2,  user:42",
        "user:[^0-9]2,  user:2",
        "a\\*b,         axb",
        "a.b,           axb",
        "User:*,        user:42",
        "?,             e\u0301",
    })
    void string_thatThePatternDoesNotSpeakOf_doesNot(String pattern, String key) {
        assertThat(matches(pattern, key)).isFalse();
    }

    @Test
    void keyOfAnotherType_isMatchedByWhatAPersonReads() {
        assertThat(matches("42", 42)).isTrue();
        assertThat(matches("4?", 42L)).isTrue();
        assertThat(matches("i:42", 42)).isFalse();
        assertThat(matches("42:*", List.of(42, "30d"))).isTrue();
        assertThat(matches("42:30d", List.of(42, "30d"))).isTrue();
        assertThat(matches("4*:a:b%", List.of(42, "a:b%"))).isTrue();
        assertThat(matches("x:\u0001?", List.of("x", "\u0001\u0002"))).isTrue();
        assertThat(Glob.of("?").test("~()")).isFalse();
        assertThat(Glob.of("*").test("~[]")).isTrue();
    }

    /** Of what no pattern can speak only the pattern of everything does. */
    @Test
    void keyWithoutReadableText_isMatchedByAStarAlone() {
        String longest = "x".repeat(ReadableText.LONGEST + 1);
        assertThat(format.text(longest).text()).startsWith("~#");
        assertThat(matches("x*", longest)).isFalse();
        assertThat(matches("*x*", longest)).isFalse();
        assertThat(matches("*", longest)).isTrue();
        assertThat(Glob.of("*").test("~of a later format")).isTrue();
        assertThat(Glob.of("*a*").test("~of a later format")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a*b?c", "[x]\\^", "", "user:42:", "%~𝄞"})
    void prefix_matchesWhatBeginsSo_whateverItsCharactersMean(String prefix) {
        Glob glob = Glob.of(Glob.ofPrefix(prefix));
        assertThat(glob.test(format.text(prefix + "rest").text())).isTrue();
        assertThat(glob.test(format.text("-" + prefix).text())).isEqualTo(prefix.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "'',         is empty",
        "a[bc,       is not closed; add a ]; (character 2)",
        "a[,         is not closed; add a ]; (character 2)",
        "a[^,        is not closed; (character 2)",
        "a[b-,       is not closed; (character 2)",
        "a[\\],      is not closed; (character 2)",
        "a[b\\,      ends with a backslash; (character 4)",
        "a[]b,       nothing in them; (character 2)",
        "a[^]b,      nothing in them; (character 2)",
        "ab[z-a],    goes backwards; (character 4)",
        "ab\\,       ends with a backslash; (character 3)",
    })
    void wrongPattern_isRefused_withThePlaceAndTheCure(String pattern, String parts) {
        assertThatThrownBy(() -> Glob.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts.split("; "))
                .hasMessageContaining(pattern);
    }

    @Test
    void longPattern_isRefused() {
        assertThatThrownBy(() -> Glob.of("a".repeat(501))).hasMessageContaining("has 501 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "user:42:*,      user",
        "*:profile,      profile",
        "a?bcd[e]fg,     bcd",
        "a\\*b,          a",
        "*,              ''",
        "ab\\]cde,       cde",
        "x%yy,           yy",
        "ä𝄞*a,           ä𝄞",
    })
    void literal_isTheLongestRun_thatEachMatchHas(String pattern, String literal) {
        assertThat(Glob.of(pattern).literal()).isEqualTo(literal);
    }

    /** What the server leaves out cannot match. */
    @Test
    void literal_isInTheTextOfEachMatch() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Object key = random.nextBoolean()
                    ? StandardValues.random(random)
                    : List.of(StandardValues.random(random), StandardValues.random(random));
            String text = format.text(key).text();
            String readable = ReadableText.readable(text);
            if (readable == null || readable.isEmpty() || readable.length() > 200) {
                continue;
            }
            Glob glob = Glob.of(withoutHalves(Glob.ofPrefix(readable)));
            assertThat(glob.test(text)).as("seed %d, text %s", seed, text).isTrue();
            assertThat(text).as("seed %d", seed).contains(glob.literal());
        }
    }

    private static String withoutHalves(String pattern) {
        return pattern.codePoints()
                .mapToObj(point -> Character.getType(point) == Character.SURROGATE ? "?" : Character.toString(point))
                .collect(Collectors.joining());
    }

    /** On its way to other nodes it would become another character, which means something else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\ud800",
                "a\udc00*",
                "a[\ud800]",
                "a[b-\udfff]",
                "a\\" + "\ud834",
                "a\ud834" + "\\" + "\udd1e",
                "a\udd1e\ud834"
            })
    void halfOfASurrogatePair_isRefused(String pattern) {
        assertThatThrownBy(() -> Glob.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("half of a surrogate pair", "write ? for the character", "(character ");
        assertThat(Glob.of("a?").test(format.text("a\ud800").text())).isTrue();
    }

    /** Against the JDK's regular expressions. */
    @Test
    void randomPatterns_matchAsTheirRegularExpressionsDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] globs = {"*", "?", "a", "b", "[ab]", "[^a]"};
        String[] expressions = {".*", ".", "a", "b", "[ab]", "[^a]"};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder glob = new StringBuilder();
            StringBuilder expression = new StringBuilder();
            for (int n = 1 + random.nextInt(7); n > 0; n--) {
                int which = random.nextInt(globs.length);
                glob.append(globs[which]);
                expression.append(expressions[which]);
            }
            String text = random.ints(random.nextInt(9), 'a', 'd')
                    .collect(StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
                    .toString();
            assertThat(Glob.of(glob.toString()).test(text))
                    .as("seed %d: %s of %s", seed, glob, text)
                    .isEqualTo(Pattern.matches(expression.toString(), text));
        }
    }

    /** A pattern that keeps a matcher that tries every way busy for good. */
    @Test
    @Timeout(20)
    void manyStars_takeNoLongerThanTheLengthsMultiplied() {
        Glob glob = Glob.of("*a".repeat(200) + "b");
        for (int i = 0; i < 1_000; i++) {
            assertThat(glob.test("a".repeat(200))).isFalse();
        }
    }

    @Test
    void equality_isThatOfThePattern() {
        assertThat(Glob.of("a*")).isEqualTo(Glob.of("a*")).hasSameHashCodeAs(Glob.of("a*"));
        assertThat(Glob.of("a*")).isNotEqualTo(Glob.of("a**")).hasToString("a*");
    }
}
