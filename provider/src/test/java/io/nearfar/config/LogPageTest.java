package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the log has every id that the sources have, and the level of each line of the log. */
class LogPageTest {
    private static final Path PAGE = Path.of("../docs/log.md");
    private static final Pattern ID = Pattern.compile("NF\\d{4}");
    private static final Pattern TEXT = Pattern.compile("\"(NF\\d{4})");
    private static final Pattern LINE = Pattern.compile("\\.(error|warn|info)\\(\\s*\"(NF\\d{4})");
    private static final Pattern ROW = Pattern.compile("^\\| (NF[^|]*) \\| (ERROR|WARN|INFO) \\|", Pattern.MULTILINE);
    private static final Pattern RANGE = Pattern.compile("NF(\\d{4}) to NF(\\d{4})");

    private static Stream<MatchResult> found(Pattern pattern) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : new String[] {"provider", "interceptors", "tomcat", "micrometer", "opentelemetry"}) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    all.append(Files.readString(file)).append('\n');
                }
            }
        }
        return pattern.matcher(all).results();
    }

    /** Returns every id that the sources have. */
    static Set<String> known() throws IOException {
        return found(TEXT).map(id -> id.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyId_isOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> shown = ids(page).collect(Collectors.toCollection(TreeSet::new));
        Matcher range = RANGE.matcher(page);
        while (range.find()) {
            IntStream.rangeClosed(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
                    .mapToObj(number -> String.format(Locale.ROOT, "NF%04d", number))
                    .forEach(shown::add);
        }
        Set<String> known = known();
        assertThat(known).hasSizeGreaterThan(100);
        assertThat(shown).containsAll(known);
    }

    @Test
    void everyLineOfTheLog_isOnThePage_withItsLevel() throws IOException {
        Map<String, String> shown = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(PAGE));
        while (rows.find()) {
            ids(rows.group(1)).forEach(id -> shown.put(id, rows.group(2)));
        }
        Map<String, String> lines = new TreeMap<>();
        found(LINE).forEach(line -> lines.put(line.group(2), line.group(1).toUpperCase(Locale.ROOT)));
        assertThat(shown).isEqualTo(lines);
    }

    private static Stream<String> ids(String text) {
        return ID.matcher(text).results().map(MatchResult::group);
    }
}
