package io.nearfar.fault.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows of all faults, one for each fault and policy, in the order in which they came. */
final class Table {
    private static final Path FOLDER = Path.of("target", "faults");
    private static final String BEGIN = "<!-- begin: written by the fault suite -->\n";
    private static final String END = "<!-- end -->";

    private final Map<String, Row> rows = new LinkedHashMap<>();

    synchronized void add(Row row) {
        rows.merge(row.fault() + row.policy(), row, Row::and);
    }

    /** Returns it in Markdown. */
    synchronized String text() {
        List<String> lines = new ArrayList<>();
        lines.add(line(Row.HEAD));
        lines.add(line(Row.HEAD.stream().map(any -> "---").toList()));
        rows.values().forEach(row -> lines.add(line(row.cells())));
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** Writes it into a file of its own, of that name. */
    void write(String name) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name + ".md"), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it into a page, between the marks that say so, after a line about the run. */
    void writeInto(Path page, String about) {
        try {
            String text = Files.readString(page);
            int begin = begin(text);
            int end = end(text);
            Files.writeString(page, text.substring(0, begin) + about + "\n\n" + text() + text.substring(end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what stands between the marks of a page. */
    static String written(String page) {
        return page.substring(begin(page), end(page));
    }

    private static int begin(String page) {
        int mark = page.indexOf(BEGIN);
        if (mark < 0) {
            throw new IllegalStateException("no mark " + BEGIN.strip() + " where the table could begin");
        }
        return mark + BEGIN.length();
    }

    private static int end(String page) {
        int mark = page.indexOf(END, begin(page));
        if (mark < 0) {
            throw new IllegalStateException("no mark " + END + " where the table could end");
        }
        return mark;
    }
}
