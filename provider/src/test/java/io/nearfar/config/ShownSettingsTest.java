package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What any page shows as a properties file, or names as a key, are settings of the registry, and what stands together is read. */
class ShownSettingsTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```properties\n(.*?)^ *```$");
    private static final Pattern ANY_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern INLINE = Pattern.compile("`(nearfar\\.[^`\n]+)`");

    /** Keys of MicroProfile Config that the interceptors read by themselves. */
    private static final Pattern OF_ANNOTATIONS = Pattern.compile("(.*/)?RateLimited/.*");

    /** Names that begin as settings do: files and a channel of the log, and what shows a part of a key. */
    private static final Pattern NO_KEY = Pattern.compile("nearfar\\.properties.*|.*[._]|.*….*");

    /** Their tables are of mistakes, and of names that were chosen against. */
    private static final Set<String> OF_OTHER_KEYS = Set.of("mistakes.md", "decisions.md");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(TOP.resolve("docs"));
                Stream<Path> modules = Files.list(TOP)) {
            return Stream.concat(modules.flatMap(folder -> Stream.of(folder, folder.resolve("README.md"))), docs)
                    .filter(page -> page.toString().endsWith(".md") && Files.isRegularFile(page))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> pagesWithFiles() throws IOException {
        return pages().stream().filter(page -> !files(page).isEmpty()).toList();
    }

    @Test
    void pages_areFound() throws IOException {
        assertThat(pagesWithFiles()).hasSizeGreaterThan(15).contains(TOP.resolve("docs/migration/caffeine.md"));
    }

    @ParameterizedTest
    @MethodSource("pagesWithFiles")
    void files_haveNoOtherKeys(Path page) throws IOException {
        for (String file : files(page)) {
            assertThat(read(file).stringPropertyNames())
                    .as(file)
                    .isNotEmpty()
                    .allMatch(key -> OF_ANNOTATIONS.matcher(key).matches() || isSetting(key));
        }
    }

    /** But for files that name others, such as certificates, which are not here. */
    @ParameterizedTest
    @MethodSource("pagesWithFiles")
    void files_areReadWithoutMistake(Path page) throws IOException {
        for (String file : files(page)) {
            if (!file.contains("= /etc/")) {
                assertThat(Reading.ofNothing().properties(read(file)).read().describe())
                        .as(file)
                        .startsWith("mode ");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void keysInTexts_areSettings(Path page) throws IOException {
        if (!OF_OTHER_KEYS.contains(page.getFileName().toString())) {
            String text = ANY_BLOCK.matcher(Files.readString(page)).replaceAll("");
            assertThat(INLINE.matcher(text).results().map(found -> key(found.group(1))))
                    .filteredOn(key -> !NO_KEY.matcher(key).matches())
                    .allMatch(ShownSettingsTest::isSetting);
        }
    }

    private static boolean isSetting(String key) {
        return KeyReader.ofKey(key.replaceFirst("^%\\w+\\.", "")) != null;
    }

    /** Returns the key of what may be a key and a text; a name in angle brackets stands for any. */
    private static String key(String shown) {
        return shown.split("[ =]", 2)[0].replaceAll("[<>]", "");
    }

    private static List<String> files(Path page) {
        try {
            return BLOCK.matcher(Files.readString(page))
                    .results()
                    .map((MatchResult block) -> block.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties read(String file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(file));
        return properties;
    }
}
