package io.nearfar.benchmarks.report;

import java.util.List;

/**
 * What one peer took.
 *
 * @param label the peer's name
 * @param series its figures, round by round; empty if it failed
 * @param unit their unit
 * @param failure why there is none; empty if there are some
 */
public record Measured(String label, Series series, String unit, String failure) {
    /** Returns what a peer took that did not fail. */
    public static Measured of(String label, Series series, String unit) {
        return new Measured(label, series, unit, series.rounds().isEmpty() ? "nothing was measured" : "");
    }

    /** Returns a peer that failed. */
    public static Measured failed(String label, String failure) {
        return new Measured(label, new Series(List.of()), "", failure);
    }

    /** Tells whether there is no figure. */
    public boolean failed() {
        return !failure.isEmpty();
    }

    /** Returns the middle figure with its unit. */
    public String text() {
        return Spread.digits(series.spread().median()) + " " + unit;
    }
}
