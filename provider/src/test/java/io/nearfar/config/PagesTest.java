package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages name is there: metrics, ids of the log, tests, and what they link; settings are for {@link ShownSettingsTest}. */
class PagesTest {
    private static final Pattern METRIC =
            Pattern.compile("\\bnearfar_(cache|message|messages|far|server|limit)_[a-z_]+");
    private static final Pattern ID = Pattern.compile("\\bNF\\d{4}\\b");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern TEST = Pattern.compile("([a-z]+\\.)+[A-Z]\\w*Test(\\.\\w+)?");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern BLOCK = Pattern.compile("(?s)```.*?```");

    private static Set<String> found(Pattern pattern, String text, Function<MatchResult, String> name) {
        return pattern.matcher(text).results().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String code(String page) {
        return String.join(
                "\n",
                CODE.matcher(BLOCK.matcher(page).replaceAll(""))
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("io.nearfar.config.ShownSettingsTest#pages")
    void metrics_exist(Path page) throws IOException {
        Set<String> known = Arrays.stream(Metric.values())
                .flatMap(metric -> metric.kind() == Metric.Kind.HISTOGRAM
                        ? Stream.of("", "_bucket", "_count", "_sum").map(metric.fullName()::concat)
                        : Stream.of(metric.fullName()))
                .collect(Collectors.toSet());
        Set<String> named = found(METRIC, Files.readString(page), MatchResult::group);
        assertThat(known).containsAll(named);
    }

    @ParameterizedTest
    @MethodSource("io.nearfar.config.ShownSettingsTest#pages")
    void ids_exist(Path page) throws IOException {
        String range = "NF(\\d{4}) to NF(\\d{4})";
        Set<String> named = found(ID, Files.readString(page).replaceAll(range, ""), MatchResult::group);
        assertThat(LogPageTest.known()).containsAll(named);
    }

    @ParameterizedTest
    @MethodSource("io.nearfar.config.ShownSettingsTest#pages")
    void tests_exist(Path page) throws IOException {
        for (String test : found(TEST, code(Files.readString(page)), MatchResult::group)) {
            boolean isMethod = Character.isLowerCase(test.charAt(test.lastIndexOf('.') + 1));
            assertThat(isMethod ? NamedTests.exists(test) : NamedTests.classExists(test))
                    .as(test)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.nearfar.config.ShownSettingsTest#pages")
    void links_leadSomewhere(Path page) throws IOException {
        for (String link : found(LINK, Files.readString(page), found -> found.group(1))) {
            if (link.contains("://")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
            assertThat(target).as(link).exists();
            if (parts.length == 2 && target.toString().endsWith(".md")) {
                assertThat(anchors(Files.readString(target))).as(link).contains(parts[1]);
            }
        }
    }

    private static Set<String> anchors(String page) {
        return found(HEADING, BLOCK.matcher(page).replaceAll(""), heading -> anchor(heading.group(1)));
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    @Test
    void anchor_isThatOfAHeading() {
        assertThat(anchor("What `bench` leaves: all, and more")).isEqualTo("what-bench-leaves-all-and-more");
    }
}
