package io.nearfar.packaged.alone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testing.PageProgram;
import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs on the pages: each compiles and runs as it stands there, in a process of its own, on the packaged jar. */
@Timeout(180)
class ProgramsOnPagesTest {
    private static final Path TOP = Path.of(System.getProperty("pages"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final Pattern PROGRAM = Pattern.compile("(?ms)^public class (\\w+) .* void main\\(");

    @TempDir
    Path folder;

    /** A program, what it prints, and what it prints once more on the same server; three dots stand for any characters. */
    record Program(String page, String name, List<String> first, List<String> again) {
        @Override
        public String toString() {
            return name + " of " + page;
        }
    }

    static List<Program> programs() {
        List<String> paris = List.of("City[name=Paris, population=2100000]");
        List<String> lisbon = List.of("City[name=Lisbon, letters=6]", "City[name=Lisbon, letters=6]");
        List<String> asked = List.of("asking for Lisbon", lisbon.get(0), lisbon.get(1));
        List<String> prices = List.of("null 2999", "null null");
        List<String> feeds = List.of("2", "1", "… keys looked at, … entries removed so far");
        return List.of(
                new Program("README.md", "Atlas", paris, paris),
                new Program("docs/getting-started.md", "Guide", asked, lisbon),
                new Program("docs/getting-started.md", "SpringGuide", asked, lisbon),
                new Program("docs/tags.md", "Prices", prices, prices),
                new Program("docs/patterns.md", "Feeds", feeds, feeds));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void program_runAsItStands_printsWhatThePageSays(Program program) throws Exception {
        PageProgram compiled = compile(program.name(), program.page());
        try (RealRedis redis = RealRedis.start()) {
            assertThat(compiled.run(redis).printed()).matches(expected(program.first()));
            assertThat((List<?>) redis.call("KEYS", "*")).as("keys in Redis").isNotEmpty();
            assertThat(compiled.run(redis).printed()).as("run once more").matches(expected(program.again()));
        }
    }

    @Test
    void readme_leavesItsEntryUnderTheNameOfItsKey() throws Exception {
        PageProgram atlas = compile("Atlas", "README.md");
        try (RealRedis redis = RealRedis.start()) {
            atlas.run(redis);
            assertThat((List<?>) redis.call("KEYS", "*:e:cities:paris")).hasSize(1);
        }
    }

    /** A program that is new on a page is a line more in the list; those of frameworks are run in the module of that name. */
    @Test
    void list_hasEveryProgram() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
            Stream.concat(Stream.of(TOP.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md") && !page.startsWith(TOP.resolve("docs/frameworks")))
                    .forEach(page ->
                            programsOn(page).keySet().forEach(name -> found.add(name + " of " + TOP.relativize(page))));
        }
        assertThat(programs()).extracting(Program::toString).containsExactlyInAnyOrderElementsOf(found);
    }

    private static Map<String, String> programsOn(Path page) {
        try {
            Map<String, String> programs = new TreeMap<>();
            BLOCK.matcher(Files.readString(page)).results().forEach(block -> {
                Matcher program = PROGRAM.matcher(block.group(1));
                if (program.find()) {
                    programs.put(program.group(1), block.group(1));
                }
            });
            return programs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern expected(List<String> lines) {
        String pattern = Stream.of(String.join("\n", lines).split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern + "\n");
    }

    private PageProgram compile(String name, String page) throws IOException {
        String text = programsOn(TOP.resolve(page)).get(name);
        return PageProgram.compile(folder, name, text, libraries());
    }

    /** That of the tests, and the libraries of frameworks, which the build has copied for pages alone. */
    private static String libraries() throws IOException {
        try (Stream<Path> libraries = Files.list(Path.of(System.getProperty("page.libraries")))) {
            return Stream.concat(Stream.of(System.getProperty("java.class.path")), libraries.map(Path::toString))
                    .collect(Collectors.joining(System.getProperty("path.separator")));
        }
    }
}
