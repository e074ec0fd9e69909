package io.nearfar.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page {@code docs/reference.md}, and what it must hold of the registry. */
final class ReferencePage {
    private static final Pattern BLOCK = Pattern.compile("(?s)```properties\n(.*?)```");
    private static final Pattern INLINE = Pattern.compile("`([^`\n]+)`");

    private final String text;

    private ReferencePage(String text) {
        this.text = text;
    }

    /** Returns the page of this source tree. */
    static ReferencePage read() throws IOException {
        return new ReferencePage(Files.readString(Path.of("..", "docs", "reference.md")));
    }

    /** Returns the rows of the table below the heading of that group. */
    List<String> rows(Importance group) {
        String heading = "\n## " + heading(group) + "\n";
        String section = text.substring(text.indexOf(heading) + heading.length());
        return section.lines()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    /** Returns the rows that the registry wants there. */
    static List<String> rowsOfRegistry(Importance group) {
        return Registry.ALL.stream()
                .filter(setting -> setting.importance() == group)
                .map(ReferencePage::row)
                .toList();
    }

    /** Returns the examples that are properties files. */
    List<String> examples() {
        return BLOCK.matcher(text).results().map(block -> block.group(1)).toList();
    }

    /** Returns all that is set in the type of code and begins with {@code start}; beginnings of keys are left out. */
    List<String> code(String start) {
        return INLINE.matcher(BLOCK.matcher(text).replaceAll(""))
                .results()
                .map((MatchResult code) -> code.group(1))
                .filter(code -> code.startsWith(start) && !code.matches(".*[._]"))
                .toList();
    }

    private static String heading(Importance group) {
        return group.name().charAt(0) + group.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static String row(Setting<?> setting) {
        return Stream.of(
                        "`" + setting.key() + "`",
                        places(setting),
                        setting.kind().type(),
                        setting.kind().unit(),
                        setting.defaultText(),
                        setting.consequence(),
                        "`" + environment(setting) + "`")
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String places(Setting<?> setting) {
        return Stream.of(Place.values())
                .filter(setting::allows)
                .map(place -> place.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String environment(Setting<?> setting) {
        if (setting.allows(Place.MANAGER)) {
            return EnvironmentForm.of(setting.key());
        }
        Place place = Place.OWNED.stream().filter(setting::allows).findFirst().orElseThrow();
        return EnvironmentForm.of(place.start()) + "<NAME>_" + EnvironmentForm.of(setting.name());
    }
}
