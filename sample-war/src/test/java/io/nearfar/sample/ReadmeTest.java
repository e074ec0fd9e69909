package io.nearfar.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the table of features in the README says: files that exist, names that stand in them, addresses that are answered. */
class ReadmeTest {
    private static final Path WEB = Path.of("src/main/java/io/nearfar/sample/web");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern WHOLE_LINK = Pattern.compile("\\[[^]]*]\\([^)]*\\)");
    private static final Pattern PATH = Pattern.compile("@Path\\(\"([^\"]*)\"\\)");

    /** Of docs/features.md; the others are not about caches, or about what no application shows. */
    private static final Set<String> CORE = Set.of(
            "How long entries live",
            "Invalidation",
            "Loading",
            "Listeners",
            "Without threads that wait",
            "Versions",
            "Values");

    /** What these pages tell has no place in an application. */
    private static final Set<String> NOT_SHOWN = Set.of("inside.md", "outages.md", "reliability.md");

    static Stream<String> rows() throws IOException {
        return section(Files.readString(Path.of("README.md")), "Where each feature is")
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| feature |"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_namesWhatStandsInItsFiles(String row) throws IOException {
        List<String> files = all(LINK, cell(row, 1));
        assertThat(files).isNotEmpty();
        StringBuilder text = new StringBuilder();
        for (String file : files) {
            text.append(Files.readString(Path.of(file)));
        }
        assertThat(names(cell(row, 1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(text.toString().contains(name)).isTrue());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_linksPagesAndAddressesThatThereAre(String row) throws IOException {
        assertThat(all(LINK, cell(row, 0)))
                .allSatisfy(page -> assertThat(Path.of(page)).isRegularFile());
        assertThat(cell(row, 2)).isNotBlank();
        assertThat(addresses()).containsAll(names(cell(row, 2)));
    }

    /** Each page that explains a feature of caches is linked by a row. */
    @Test
    void table_hasAPlaceForEachPageOfFeatures() throws IOException {
        String features = Files.readString(Path.of("../docs/features.md"));
        Set<String> pages = CORE.stream()
                .map(heading -> section(features, heading))
                .flatMap(tables -> all(LINK, tables).stream())
                .filter(page -> !NOT_SHOWN.contains(page))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(pages).hasSizeGreaterThan(10);
        assertThat(rows().flatMap(row -> all(LINK, cell(row, 0)).stream())
                        .map(page -> page.replace("../docs/", ""))
                        .toList())
                .containsAll(pages);
    }

    private static String section(String page, String heading) {
        Matcher found = Pattern.compile("(?ms)^## " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)")
                .matcher(page);
        assertThat(found.find()).as(heading).isTrue();
        return found.group(1);
    }

    private static String cell(String row, int index) {
        String[] cells = row.substring(1, row.length() - 1).split("\\|", -1);
        assertThat(cells).as(row).hasSize(3);
        return cells[index];
    }

    /** The addresses of all resources: that of the class, and those of its methods below it. */
    private static Set<String> addresses() throws IOException {
        Set<String> addresses = new TreeSet<>();
        List<Path> files = new ArrayList<>();
        try (var resources = Files.newDirectoryStream(WEB, "*Resource.java")) {
            resources.forEach(files::add);
        }
        for (Path file : files) {
            List<String> paths = all(PATH, Files.readString(file));
            String first = "/".equals(paths.get(0)) ? "api" : "api/" + paths.get(0);
            addresses.add(first);
            paths.stream().skip(1).forEach(path -> addresses.add(first + "/" + path));
        }
        return addresses;
    }

    /** What is written as code, but for the texts of links. */
    private static List<String> names(String cell) {
        return all(NAME, WHOLE_LINK.matcher(cell).replaceAll(""));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
