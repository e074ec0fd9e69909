package io.nearfar.tool;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Lays a report out for people: fields in two columns, then each table below its name. */
final class ForPeople {
    private static final String BETWEEN = "  ";

    private ForPeople() {}

    static List<String> lines(Report report) {
        String plain = report.plain();
        if (plain != null) {
            return List.of(Printable.lines(plain));
        }
        List<String> lines = new ArrayList<>(fields(report.shown()));
        report.tables().forEach((name, rows) -> {
            lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
            lines.addAll(table(name, rows));
        });
        lines.addAll(report.remarks());
        return lines.stream().map(Printable::line).map(String::stripTrailing).toList();
    }

    private static List<String> fields(Map<String, String> shown) {
        int width = shown.keySet().stream()
                .mapToInt(name -> label(name).length())
                .max()
                .orElse(0);
        return shown.entrySet().stream()
                .map(field -> padded(label(field.getKey()), width) + BETWEEN + field.getValue())
                .toList();
    }

    private static List<String> table(String name, List<Report> rows) {
        if (rows.isEmpty()) {
            return List.of(label(name) + BETWEEN + "none");
        }
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.shown().keySet()));
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(ForPeople::label).toList());
        for (Report row : rows) {
            cells.add(columns.stream()
                    .map(column -> row.shown().getOrDefault(column, ""))
                    .toList());
        }
        return aligned(cells);
    }

    private static List<String> aligned(List<List<String>> cells) {
        int[] widths = new int[cells.get(0).size()];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(i == 0 ? "" : BETWEEN).append(padded(row.get(i), widths[i]));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Returns {@code evictedKeys} as "evicted keys". */
    private static String label(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
