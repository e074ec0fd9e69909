package io.nearfar.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** What a run has brought so far. For one thread. */
public final class Report {
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Plot> plots = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** Adds what became of a bar. */
    public void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** Adds a table. */
    public void add(Table table) {
        tables.add(table);
    }

    /** Adds a picture, and notes which of its peers failed. */
    public void add(Plot plot) {
        plots.add(plot);
        plot.bars().stream()
                .filter(Measured::failed)
                .forEach(failed -> failed(plot.title() + ", " + failed.label(), failed.failure()));
    }

    /** Adds that something was not measured, and says so at once: who watches a long run may want to end it. */
    public void failed(String what, String why) {
        System.out.println("Failed: " + what + ": " + why);
        failures.add(what + ": " + why);
    }

    /** Returns what became of the bars. */
    public List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Returns the pictures. */
    public List<Plot> plots() {
        return List.copyOf(plots);
    }

    /** Returns what was not measured, and why. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Returns all tables, one after the other. */
    public String tables() {
        return String.join("\n", tables.stream().map(Table::text).toList());
    }

    /** Returns the table of the bars. */
    public Table bars() {
        Table table = new Table("Bars", Outcome.COLUMNS);
        outcomes.forEach(outcome -> table.row(outcome.row()));
        return table;
    }
}
