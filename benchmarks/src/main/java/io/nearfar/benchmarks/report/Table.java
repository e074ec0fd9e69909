package io.nearfar.benchmarks.report;

import java.util.List;

/** A table in Markdown. */
public final class Table {
    private final StringBuilder text = new StringBuilder();

    /** Begins a table with those columns. */
    public Table(String title, List<String> columns) {
        text.append("### ").append(title).append("\n\n");
        row(columns);
        row(columns.stream().map(column -> "---").toList());
    }

    /** Adds a row. */
    public void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Returns all of it. */
    public String text() {
        return text.toString();
    }
}
