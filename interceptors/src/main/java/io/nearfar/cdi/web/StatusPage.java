package io.nearfar.cdi.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a report as a page for people: what it says at once as a list, lists of maps as tables. Everything in it is escaped. */
final class StatusPage {
    private static final String STYLE =
            "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #bbb;"
                    + "padding:.2em .6em;text-align:left;vertical-align:top}";

    private StatusPage() {}

    /** Returns the page; {@code report} has {@code status}, {@code message} and {@code data}. */
    static String of(Map<String, @Nullable Object> report) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append("Caches: ")
                .append(escaped(report.get("status")))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Caches: ")
                .append(escaped(report.get("status")))
                .append("</h1><p>")
                .append(escaped(report.get("message")))
                .append("</p>");
        if (report.get("data") instanceof Map<?, ?> data) {
            append(page, data);
        }
        return page.append("</body></html>").toString();
    }

    private static void append(StringBuilder page, Map<?, ?> data) {
        page.append("<table>");
        data.forEach((name, value) -> {
            if (value != null && !(value instanceof List)) {
                page.append("<tr><th>")
                        .append(label(name))
                        .append("</th><td>")
                        .append(escaped(value))
                        .append("</td></tr>");
            }
        });
        page.append("</table>");
        data.forEach((name, value) -> {
            if (value instanceof List<?> rows && !rows.isEmpty()) {
                page.append("<h2>").append(label(name)).append("</h2>");
                appendRows(page, rows);
            }
        });
    }

    private static void appendRows(StringBuilder page, List<?> rows) {
        List<Map<String, Object>> flat = rows.stream().map(StatusPage::flat).toList();
        List<String> columns =
                flat.stream().flatMap(row -> row.keySet().stream()).distinct().toList();
        page.append("<table><tr>");
        columns.forEach(column -> page.append("<th>").append(label(column)).append("</th>"));
        page.append("</tr>");
        flat.forEach(row -> page.append("<tr>")
                .append(columns.stream()
                        .map(column -> "<td>" + escaped(row.getOrDefault(column, "")) + "</td>")
                        .collect(Collectors.joining()))
                .append("</tr>"));
        page.append("</table>");
    }

    /** What lies in a map of a row becomes columns; what lies in a list is for programs. */
    private static Map<String, Object> flat(Object row) {
        Map<String, Object> flat = new LinkedHashMap<>();
        if (row instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value instanceof Map<?, ?> inner) {
                    inner.forEach((key, each) -> flat.put(String.valueOf(key), String.valueOf(each)));
                } else if (!(value instanceof List)) {
                    flat.put(String.valueOf(name), value == null ? "" : value);
                }
            });
        }
        return flat;
    }

    private static String label(@Nullable Object name) {
        return escaped(String.valueOf(name).replace('_', ' '));
    }

    static String escaped(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        for (char each : String.valueOf(value).toCharArray()) {
            switch (each) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(each);
            }
        }
        return out.toString();
    }
}
